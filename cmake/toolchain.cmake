# Warnings, linker and compiler cache: the same for every target.
add_compile_options(-Wall -Wextra -Wshadow -Wconversion -Wno-sign-conversion -Wnon-virtual-dtor -Wimplicit-fallthrough -Werror=return-type)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # Boost.JSON and fmt headers are system headers; g++ 12 still reports false positives from inlined std::string.
  add_compile_options(-Wno-restrict -Wno-maybe-uninitialized -Wno-stringop-overflow -Wno-array-bounds)
  # Without it ccache cannot see what a precompiled header holds and caches nothing.
  add_compile_options(-fpch-preprocess)
endif()
option(SCRUTINEER_WERROR "Warnings are errors" OFF)
if(SCRUTINEER_WERROR)
  add_compile_options(-Werror)
endif()
option(SCRUTINEER_FUZZ "Build fuzz targets with libFuzzer, and no other tests" OFF)

add_compile_definitions(_GNU_SOURCE)

find_program(CCACHE ccache)
if(CCACHE)
  # The two relaxations that ccache's manual asks for with precompiled headers; nothing here uses __TIME__.
  # And what was compiled in one folder is good in every other: paths below this one are hashed as relative ones.
  set(CMAKE_CXX_COMPILER_LAUNCHER env CCACHE_SLOPPINESS=pch_defines,time_macros CCACHE_BASEDIR=${PROJECT_SOURCE_DIR}
      CCACHE_NOHASHDIR=1 ${CCACHE})
endif()
find_program(MOLD mold)
if(MOLD AND NOT SCRUTINEER_FUZZ)
  add_link_options(-fuse-ld=mold)
endif()
