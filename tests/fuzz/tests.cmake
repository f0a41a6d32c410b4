# Fuzz targets. Built for libFuzzer with the preset `fuzz`; otherwise each is replayed over its seeds
# and seeded mutants of them, in every test run.
function(mera_add_fuzz name layer)
  add_executable(fuzz_${name} ${CMAKE_CURRENT_SOURCE_DIR}/fuzz/fuzz_${name}.c)
  target_link_libraries(fuzz_${name} PRIVATE mera_${layer} mera_flags)
  if(MERA_FUZZ)
    target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
  else()
    target_sources(fuzz_${name} PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}/fuzz/replay_main.c)
    add_test(NAME fuzz.${name} COMMAND fuzz_${name} ${ARGN})
    set_tests_properties(fuzz.${name} PROPERTIES LABELS fuzz TIMEOUT 120)
  endif()
endfunction()

mera_add_fuzz(methodology methodology ${CMAKE_CURRENT_SOURCE_DIR}/fuzz/corpus/methodology)
mera_add_fuzz(csv io ${CMAKE_CURRENT_SOURCE_DIR}/data/csv)
mera_add_fuzz(plugin_api lua ${CMAKE_CURRENT_SOURCE_DIR}/fuzz/corpus/plugin_api)
mera_add_fuzz(manifest lua ${CMAKE_CURRENT_SOURCE_DIR}/fuzz/corpus/manifest)
mera_add_fuzz(wire lua ${CMAKE_CURRENT_SOURCE_DIR}/fuzz/corpus/wire)
