foreach(test linear nnls lp optimise)
  mera_add_test(engine/numeric/test_${test}.c LAYER numeric LABELS unit)
endforeach()
