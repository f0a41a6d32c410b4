foreach(part again catalogue every_operation explain hdi missing project reference share spread stages threads tree)
  mera_add_test(engine/run/test_${part}.c LAYER run LABELS unit
    SOURCES ${CMAKE_CURRENT_SOURCE_DIR}/engine/run/run_fixture.c)
endforeach()
foreach(part contribution freeze properties)
  mera_add_test(engine/run/test_${part}.c LAYER run LABELS unit
    SOURCES ${CMAKE_CURRENT_SOURCE_DIR}/engine/run/run_fixture.c)
endforeach()
