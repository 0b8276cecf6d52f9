# cmake -D OUT=web_files.cc -D FOLDER=web -P web_files.cmake: the scripts of web/ as one C++ source. String literals are
# cut into pieces, since compilers need not take long ones.
file(GLOB files ${FOLDER}/*.js)
list(SORT files)
set(text "#include \"app/server/web_files.h\"\n\nnamespace scrutineer {\nnamespace {\n\n")
set(table "")
set(number 0)
foreach(file ${files})
  get_filename_component(name ${file} NAME)
  file(READ ${file} hex HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
  string(APPEND text "constexpr unsigned char kFile${number}[] = {${bytes}0};\n")
  string(APPEND table
         "    {\"/web/${name}\", \"text/javascript; charset=utf-8\",\n     {reinterpret_cast<const char*>(kFile${number}), sizeof kFile${number} - 1}},\n")
  math(EXPR number "${number} + 1")
endforeach()
string(APPEND text "\n}  // namespace\n\nstd::span<const WebFile> web_files() {\n  static const WebFile kFiles[] = {\n${table}  };\n  return kFiles;\n}\n\n}  // namespace scrutineer\n")
file(WRITE ${OUT} "${text}")
