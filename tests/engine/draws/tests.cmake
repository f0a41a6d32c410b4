foreach(test certificates random kernels draws laws scores sobol sobol_points stability summary)
  mera_add_test(engine/draws/test_${test}.c LAYER draws LABELS unit TIMEOUT 240)
endforeach()
