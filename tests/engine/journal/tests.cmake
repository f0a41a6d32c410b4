mera_add_test(engine/journal/test_journal.c LAYER journal LABELS unit
  SOURCES ${CMAKE_CURRENT_SOURCE_DIR}/engine/run/run_fixture.c)
target_include_directories(engine.journal.test_journal PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}/engine/run)
