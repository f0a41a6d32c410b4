foreach(name yaml merge path resolve keys bind bind_framework bind_data text schema grid golden_errors shipped hostile)
  mera_add_test(engine/methodology/test_${name}.c LAYER methodology LABELS unit)
endforeach()
