foreach(name alike codes csv describe encoding file fold match number_text read_files read_long read_refuses read_wide roundtrip sqlite survey xlsx_write)
  mera_add_test(engine/io/test_${name}.c LAYER io LABELS unit)
endforeach()
mera_add_test(engine/io/test_shared.c LAYER io LABELS shared)
