# mera_add_test(engine/data/test_builder.c LAYER data LABELS unit [TIMEOUT 60])
#
# One cmocka binary, one ctest, named by its path. It links its layer and what lies below it.
function(mera_add_test source)
  cmake_parse_arguments(ARG "" "LAYER;TIMEOUT" "LABELS;LINKS;SOURCES" ${ARGN})
  string(REGEX REPLACE "\\.c$" "" id ${source})
  string(REPLACE "/" "." id ${id})
  add_executable(${id} ${CMAKE_CURRENT_SOURCE_DIR}/${source} ${ARG_SOURCES})
  target_include_directories(${id} PRIVATE ${PROJECT_SOURCE_DIR}/tests/support)
  target_compile_definitions(${id} PRIVATE MERA_SOURCE_DIR="${PROJECT_SOURCE_DIR}"
    MERA_BINARY_DIR="${PROJECT_BINARY_DIR}")
  target_link_libraries(${id} PRIVATE mera_${ARG_LAYER} ${ARG_LINKS} PkgConfig::CMOCKA mera_flags)
  add_test(NAME ${id} COMMAND ${id})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 60)
  endif()
  set_tests_properties(${id} PROPERTIES LABELS "${ARG_LABELS}" TIMEOUT ${ARG_TIMEOUT}
    SKIP_RETURN_CODE 77)
endfunction()

# Links each layer whole and alone with the layers below it: an upward call does not link.
function(mera_check_layers)
  get_property(layers GLOBAL PROPERTY MERA_LAYERS)
  foreach(layer ${layers})
    add_executable(layer_${layer} ${PROJECT_SOURCE_DIR}/tests/support/empty_main.c)
    target_link_libraries(layer_${layer} PRIVATE
      "$<LINK_LIBRARY:WHOLE_ARCHIVE,mera_${layer}>" mera_flags)
    add_test(NAME layer.${layer} COMMAND layer_${layer})
    set_tests_properties(layer.${layer} PROPERTIES LABELS house)
  endforeach()
endfunction()

# Compiles each header in a file of its own.
function(mera_check_headers)
  file(GLOB_RECURSE headers CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/include/*.h
    ${PROJECT_SOURCE_DIR}/engine/*.h) # a glob of headers to check, not of sources to build
  set(sources)
  foreach(header ${headers})
    file(RELATIVE_PATH rel ${PROJECT_SOURCE_DIR} ${header})
    string(REPLACE "/" "_" id ${rel})
    set(source ${CMAKE_CURRENT_BINARY_DIR}/headers/${id}.c)
    string(REGEX REPLACE "^(include|engine)/" "" as_included ${rel})
    file(CONFIGURE OUTPUT ${source} CONTENT "#include \"${as_included}\"\nextern int mera_header_alone;\n")
    list(APPEND sources ${source})
  endforeach()
  add_library(mera_headers_alone OBJECT ${sources})
  target_include_directories(mera_headers_alone PRIVATE ${PROJECT_SOURCE_DIR}/include
    ${PROJECT_SOURCE_DIR}/engine)
  target_link_libraries(mera_headers_alone PRIVATE mera_flags PkgConfig::LUA PkgConfig::YAML)
endfunction()
