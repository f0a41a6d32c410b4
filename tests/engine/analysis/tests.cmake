mera_add_test(engine/analysis/test_agreement.c LAYER analysis LABELS unit)
mera_add_test(engine/analysis/test_compare.c LAYER analysis LABELS unit
  SOURCES ${CMAKE_CURRENT_SOURCE_DIR}/engine/run/run_fixture.c)
target_include_directories(engine.analysis.test_compare PRIVATE
  ${CMAKE_CURRENT_SOURCE_DIR}/engine/run)
mera_add_test(engine/analysis/test_coinr_statistics.c LAYER analysis LABELS golden
  SOURCES ${CMAKE_CURRENT_SOURCE_DIR}/engine/analysis/golden.c)
mera_add_test(engine/analysis/test_seek.c LAYER analysis LABELS unit)
mera_add_test(engine/analysis/test_statistics.c LAYER analysis LABELS unit)
foreach(part audit certify importance joint robust slider variance priorities priorities_sure similar profile change budget freeze_next perimeter leave_out draws_memory)
  mera_add_test(engine/analysis/test_${part}.c LAYER analysis LABELS unit
    SOURCES ${CMAKE_CURRENT_SOURCE_DIR}/engine/run/run_fixture.c)
  target_include_directories(engine.analysis.test_${part} PRIVATE
    ${CMAKE_CURRENT_SOURCE_DIR}/engine/run)
endforeach()
target_link_options(engine.analysis.test_draws_memory PRIVATE
  LINKER:--wrap=malloc,--wrap=calloc,--wrap=realloc,--wrap=free,--wrap=posix_memalign)
mera_add_test(engine/analysis/test_overtake.c LAYER analysis LABELS unit
  SOURCES ${CMAKE_CURRENT_SOURCE_DIR}/engine/run/run_fixture.c)
target_include_directories(engine.analysis.test_overtake PRIVATE
  ${CMAKE_CURRENT_SOURCE_DIR}/engine/run)
foreach(part joint leave_out)
  mera_add_test(engine/analysis/test_coinr_${part}.c LAYER analysis LABELS golden
    SOURCES ${CMAKE_CURRENT_SOURCE_DIR}/engine/analysis/asem.c
      ${CMAKE_CURRENT_SOURCE_DIR}/engine/analysis/golden.c
      ${CMAKE_CURRENT_SOURCE_DIR}/engine/analysis/r_uniform.c)
endforeach()
mera_add_test(engine/analysis/test_attribute.c LAYER analysis LABELS unit)
mera_add_test(engine/analysis/test_clusters.c LAYER analysis LABELS unit)
mera_add_test(engine/analysis/test_ward.c LAYER analysis LABELS unit)
