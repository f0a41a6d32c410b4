# The conformance runner: COINr's results replayed through include/mera alone. Its sources are
# compiled without the engine's folder, so that a private header cannot be included.
pkg_check_modules(JANSSON REQUIRED IMPORTED_TARGET jansson)
add_library(coinr_conformance_objects OBJECT
  conformance/arguments.c conformance/call_compare.c conformance/call_correlations.c
  conformance/call_functions.c conformance/call_panel.c conformance/call_pca.c
  conformance/call_remove.c conformance/call_results.c conformance/call_sensitivity.c conformance/call_statistics.c
  conformance/call_trends.c conformance/call_weights.c conformance/calls.c conformance/coin.c
  conformance/coin_new.c conformance/compare.c conformance/main.c conformance/noise.c
  conformance/ops.c conformance/pick.c conformance/run.c conformance/step_aggregate.c
  conformance/step_denominate.c conformance/step_impute.c conformance/step_normalise.c
  conformance/step_screen.c conformance/step_treat.c conformance/steps.c conformance/table.c)
target_include_directories(coinr_conformance_objects PRIVATE ${PROJECT_SOURCE_DIR}/include)
target_link_libraries(coinr_conformance_objects PRIVATE PkgConfig::JANSSON mera_flags)
add_executable(coinr_conformance)
target_link_libraries(coinr_conformance PRIVATE coinr_conformance_objects mera_analysis
  PkgConfig::JANSSON mera_flags m)

# Every case without a defect of COINr passes, and none is lost.
add_test(NAME conformance.coinr COMMAND coinr_conformance --root ${PROJECT_SOURCE_DIR}/..
  --at-least 141 ${PROJECT_SOURCE_DIR}/../shared/golden/coinr)
set_tests_properties(conformance.coinr PROPERTIES LABELS conformance TIMEOUT 120
  SKIP_RETURN_CODE 77)

# The same over a small index of our own with other settings; expected numbers by reference.py.
add_test(NAME conformance.own COMMAND coinr_conformance --root ${PROJECT_SOURCE_DIR}
  --at-least 100 ${CMAKE_CURRENT_SOURCE_DIR}/conformance/cases)
set_tests_properties(conformance.own PROPERTIES LABELS conformance TIMEOUT 120)

# What is missing or broken is named, and the run goes on.
add_test(NAME conformance.broken COMMAND ${CMAKE_COMMAND}
  -DRUNNER=$<TARGET_FILE:coinr_conformance> -DWHERE=${CMAKE_CURRENT_SOURCE_DIR}/conformance
  -P ${CMAKE_CURRENT_SOURCE_DIR}/conformance/check.cmake)
set_tests_properties(conformance.broken PROPERTIES LABELS conformance TIMEOUT 60)

# A project that was imported scores to the same numbers.
if(TARGET mera)
  add_test(NAME conformance.import COMMAND bash
    ${CMAKE_CURRENT_SOURCE_DIR}/conformance/test_import.sh $<TARGET_FILE:mera>
    ${CMAKE_CURRENT_SOURCE_DIR}/conformance/cases)
  set_tests_properties(conformance.import PROPERTIES LABELS conformance TIMEOUT 60)
endif()
