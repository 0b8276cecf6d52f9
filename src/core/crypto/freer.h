// Owns what a C library made: std::unique_ptr<EVP_PKEY, Freer<EVP_PKEY_free>>.
#pragma once

namespace scrutineer {

template <auto Free>
struct Freer {
  template <class T>
  void operator()(T* p) const {
    Free(p);
  }
};

}  // namespace scrutineer
