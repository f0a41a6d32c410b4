# Workbooks made on the spot: damaged ones, and ones that must read as their CSV does.
if(TARGET mera)
  foreach(name blocks damage damage_ods damage_xls escapes explain exports import same wrong_files)
    add_test(NAME workbooks.${name} COMMAND python3 ${CMAKE_CURRENT_SOURCE_DIR}/workbooks/test_${name}.py
      $<TARGET_FILE:mera>)
    set_tests_properties(workbooks.${name} PROPERTIES LABELS e2e TIMEOUT 120)
  endforeach()
endif()
