# The program as a whole. Each folder with a file `cmd` is a case and a ctest of its own.
function(mera_add_cases prefix folder)
  file(GLOB commands CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${folder}/*/cmd)
  foreach(command ${commands})
    get_filename_component(case ${command} DIRECTORY)
    get_filename_component(name ${case} NAME)
    file(RELATIVE_PATH relative ${PROJECT_SOURCE_DIR} ${case})
    add_test(NAME ${prefix}.${name} COMMAND bash ${CMAKE_CURRENT_SOURCE_DIR}/e2e/run_case.sh
      $<TARGET_FILE:mera> ${PROJECT_SOURCE_DIR} ${relative})
    set_tests_properties(${prefix}.${name} PROPERTIES LABELS "e2e;golden" TIMEOUT 60)
  endforeach()
endfunction()

if(TARGET mera)
  mera_add_cases(golden.errors golden/errors)
  mera_add_cases(e2e e2e/cases)
  add_test(NAME e2e.new COMMAND bash ${CMAKE_CURRENT_SOURCE_DIR}/e2e/test_new.sh
    $<TARGET_FILE:mera>)
  add_test(NAME e2e.habits COMMAND bash ${CMAKE_CURRENT_SOURCE_DIR}/e2e/test_habits.sh
    $<TARGET_FILE:mera> ${CMAKE_CURRENT_SOURCE_DIR}/e2e/small)
  set_tests_properties(e2e.new e2e.habits PROPERTIES LABELS e2e TIMEOUT 60)
  if(NOT MERA_SANITIZE AND NOT MERA_COVERAGE) # it builds the engine three times over
    add_test(NAME e2e.same_bytes COMMAND bash ${CMAKE_CURRENT_SOURCE_DIR}/e2e/same_bytes.sh
      ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR}/same_bytes $<TARGET_FILE:mera>)
    set_tests_properties(e2e.same_bytes PROPERTIES LABELS "e2e;slow" TIMEOUT 1200)
  endif()
endif()

# The reference of operations is what the registry says today; `cmake --build … --target docs` writes it.
add_test(NAME docs.operations COMMAND sh -c
  "env -u MERA_PLUGINS $<TARGET_FILE:mera> ops --format markdown | diff -u ${PROJECT_SOURCE_DIR}/docs/operations.md -")
set_tests_properties(docs.operations PROPERTIES LABELS house TIMEOUT 30)
