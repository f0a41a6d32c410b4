foreach(name builder dataset)
  mera_add_test(engine/data/test_${name}.c LAYER data LABELS unit)
endforeach()
