foreach(test registry bind column normalise treat aggregate classify coinr published golden coinr_aggregate methods outranking aggregate_refusals)
  mera_add_test(engine/ops/test_${test}.c LAYER ops LABELS unit
    SOURCES engine/ops/ops_test.c engine/ops/table.c)
endforeach()

foreach(test coinr_columns coinr_gaps)
  mera_add_test(engine/ops/test_${test}.c LAYER ops LABELS unit
    SOURCES engine/ops/ops_test.c engine/ops/table.c engine/ops/coinr_test.c)
endforeach()
foreach(test impute column_properties aggregate_properties weight_properties
    impute_properties unit_properties)
  mera_add_test(engine/ops/test_${test}.c LAYER ops LABELS unit
    SOURCES engine/ops/ops_test.c engine/ops/table.c engine/ops/properties.c)
endforeach()

# One ctest for each golden case of an operation.
file(GLOB cases CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/golden/*.*/*/step.yaml)
foreach(case ${cases})
  get_filename_component(folder ${case} DIRECTORY)
  file(RELATIVE_PATH id ${PROJECT_SOURCE_DIR}/tests/golden ${folder})
  string(REPLACE "/" "." id ${id})
  add_test(NAME golden.${id} COMMAND engine.ops.test_golden ${folder})
  set_tests_properties(golden.${id} PROPERTIES LABELS golden TIMEOUT 20)
endforeach()

foreach(test weight weight_given weight_aims weight_coinr bod)
  mera_add_test(engine/ops/test_${test}.c LAYER ops LABELS unit
    SOURCES engine/ops/ops_test.c engine/ops/table.c)
endforeach()

# The one test of this folder that reaches elsewhere: laws of weights are of the layer draws, Sobol'
# indices of the layer analysis.
mera_add_test(engine/ops/test_peer_mistakes.c LAYER analysis LABELS unit LINKS mera_draws
  SOURCES engine/ops/ops_test.c engine/ops/table.c engine/ops/properties.c)
