// Planted: this header forgets <string>. ctest's check/headers-finds expects the compiler to say so.
#pragma once
inline std::string greeting() {
  return "it should not compile";
}
