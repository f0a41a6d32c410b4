# Hostile scripts: each is a ctest of its own with a deadline, in every test run.
add_executable(hostile ${CMAKE_CURRENT_SOURCE_DIR}/hostile/hostile.c)
target_link_libraries(hostile PRIVATE mera_lua mera_flags)
file(GLOB hostile_scripts CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/hostile/*.lua)
foreach(script ${hostile_scripts})
  get_filename_component(name ${script} NAME_WE)
  add_test(NAME hostile.${name} COMMAND hostile ${script})
  set_tests_properties(hostile.${name} PROPERTIES LABELS hostile TIMEOUT 120)
endforeach()
