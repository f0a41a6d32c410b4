# Targets for people: format, tidy, check.
file(GLOB_RECURSE mera_c_files CONFIGURE_DEPENDS
  ${PROJECT_SOURCE_DIR}/engine/*.c ${PROJECT_SOURCE_DIR}/engine/*.h
  ${PROJECT_SOURCE_DIR}/include/*.h ${PROJECT_SOURCE_DIR}/tests/*.c
  ${PROJECT_SOURCE_DIR}/tests/*.h ${PROJECT_SOURCE_DIR}/bench/*.c) # to check, not to build
add_custom_target(format COMMAND clang-format -i ${mera_c_files} VERBATIM)
add_custom_target(format-check COMMAND clang-format --dry-run -Werror ${mera_c_files} VERBATIM)
add_custom_target(tidy
  COMMAND ${PROJECT_SOURCE_DIR}/tools/tidy ${PROJECT_BINARY_DIR}
  WORKING_DIRECTORY ${PROJECT_SOURCE_DIR} VERBATIM USES_TERMINAL)
add_custom_target(docs
  COMMAND sh -c "env -u MERA_PLUGINS $<TARGET_FILE:mera> ops --format markdown >docs/operations.md && $<TARGET_FILE:mera> plugin doc >docs/lua.md"
  WORKING_DIRECTORY ${PROJECT_SOURCE_DIR} VERBATIM)
