foreach(part audit style grid rows diags score explain compare ops describe
             certify)
  mera_add_test(engine/report/test_${part}.c LAYER report LABELS unit)
endforeach()
