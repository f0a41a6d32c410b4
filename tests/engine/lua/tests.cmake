foreach(part sandbox meter safe kernels columns formula plugin plugin_ops manifest lexer names jail worker no_memory shipped_plugins twins)
  mera_add_test(engine/lua/test_${part}.c LAYER lua LABELS unit)
endforeach()
foreach(part library kinds modules)
  mera_add_test(engine/lua/test_${part}.c LAYER lua LABELS unit)
endforeach()
target_link_options(engine.lua.test_no_memory PRIVATE
  LINKER:--wrap=malloc,--wrap=calloc,--wrap=realloc,--wrap=free,--wrap=posix_memalign,--wrap=vasprintf)
set_tests_properties(engine.lua.test_worker engine.lua.test_jail PROPERTIES TIMEOUT 180) # they wait for deadlines
