foreach(name arena cell diag grow hash json map nearest number rounding sphere text threads utf8 value)
  mera_add_test(engine/base/test_${name}.c LAYER base LABELS unit)
endforeach()
pkg_check_modules(MPFR IMPORTED_TARGET mpfr)
if(MPFR_FOUND) # the reference for exp, log and pow
  mera_add_test(engine/base/test_math.c LAYER base LABELS unit TIMEOUT 300 LINKS PkgConfig::MPFR)
endif()
