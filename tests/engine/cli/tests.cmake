foreach(part options help environment trust)
  mera_add_test(engine/cli/test_${part}.c LAYER cli LABELS unit)
endforeach()
