# mera_add_layer(base SOURCES a.c b.c BELOW data io LINKS PkgConfig::YAML)
#
# One static library a layer. It sees the public headers and those of the engine, and links only the
# layers named in BELOW. The test `layer_<name>` links it whole and alone with these, so that a call
# to a higher layer does not link.
function(mera_add_layer name)
  cmake_parse_arguments(ARG "" "" "SOURCES;BELOW;LINKS" ${ARGN})
  add_library(mera_${name} STATIC ${ARG_SOURCES})
  list(TRANSFORM ARG_BELOW PREPEND mera_)
  target_include_directories(mera_${name} PUBLIC ${PROJECT_SOURCE_DIR}/include
    ${PROJECT_SOURCE_DIR}/engine)
  target_link_libraries(mera_${name} PUBLIC ${ARG_BELOW} ${ARG_LINKS} PRIVATE mera_flags)
  set_target_properties(mera_${name} PROPERTIES POSITION_INDEPENDENT_CODE ON)
  set_property(GLOBAL APPEND PROPERTY MERA_LAYERS ${name})
endfunction()
