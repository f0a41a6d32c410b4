foreach(part sandbox safe columns formula plugin plugin_ops manifest lexer names shipped_plugins twins)
  mera_add_test(engine/lua/test_${part}.c LAYER lua LABELS unit)
endforeach()
