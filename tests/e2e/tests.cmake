# The program as a whole. Each folder with a file `cmd` is a case and a ctest of its own.
function(mera_add_cases prefix folder)
  file(GLOB commands CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${folder}/*/cmd)
  foreach(command ${commands})
    get_filename_component(case ${command} DIRECTORY)
    get_filename_component(name ${case} NAME)
    file(RELATIVE_PATH relative ${PROJECT_SOURCE_DIR} ${case})
    add_test(NAME ${prefix}.${name} COMMAND bash ${CMAKE_CURRENT_SOURCE_DIR}/e2e/run_case.sh
      $<TARGET_FILE:mera> ${PROJECT_SOURCE_DIR} ${relative})
    set_tests_properties(${prefix}.${name} PROPERTIES LABELS "e2e;golden" TIMEOUT 60)
  endforeach()
endfunction()

if(TARGET mera)
  mera_add_cases(golden.errors golden/errors)
  mera_add_cases(e2e e2e/cases)
  add_test(NAME e2e.new COMMAND bash ${CMAKE_CURRENT_SOURCE_DIR}/e2e/test_new.sh
    $<TARGET_FILE:mera>)
  add_test(NAME e2e.causes COMMAND python3 ${CMAKE_CURRENT_SOURCE_DIR}/e2e/test_causes.py
    $<TARGET_FILE:mera>)
  set_tests_properties(e2e.causes PROPERTIES LABELS e2e TIMEOUT 120)
  add_test(NAME e2e.verify COMMAND bash ${CMAKE_CURRENT_SOURCE_DIR}/e2e/test_verify.sh
    $<TARGET_FILE:mera> ${PROJECT_SOURCE_DIR})
  set_tests_properties(e2e.verify PROPERTIES LABELS e2e TIMEOUT 300)
  add_test(NAME e2e.habits COMMAND bash ${CMAKE_CURRENT_SOURCE_DIR}/e2e/test_habits.sh
    $<TARGET_FILE:mera> ${CMAKE_CURRENT_SOURCE_DIR}/e2e/small)
  add_test(NAME e2e.import_coinr COMMAND bash ${CMAKE_CURRENT_SOURCE_DIR}/e2e/test_import_coinr.sh
    $<TARGET_FILE:mera> ${PROJECT_SOURCE_DIR})
  set_tests_properties(e2e.import_coinr PROPERTIES LABELS e2e TIMEOUT 60)
  add_test(NAME e2e.panel COMMAND bash ${CMAKE_CURRENT_SOURCE_DIR}/e2e/test_panel.sh
    $<TARGET_FILE:mera> ${PROJECT_SOURCE_DIR})
  set_tests_properties(e2e.panel PROPERTIES LABELS e2e TIMEOUT 120 SKIP_RETURN_CODE 77)
  function(mera_add_freeze name)
    add_test(NAME e2e.freeze.${name} COMMAND bash ${CMAKE_CURRENT_SOURCE_DIR}/e2e/test_freeze.sh
      $<TARGET_FILE:mera> ${PROJECT_SOURCE_DIR} ${name} ${ARGN})
    set_tests_properties(e2e.freeze.${name} PROPERTIES LABELS e2e TIMEOUT 120 SKIP_RETURN_CODE 77)
  endfunction()
  mera_add_freeze(world-quality-of-life)
  mera_add_freeze(company-towns)
  mera_add_freeze(company-towns-north)
  mera_add_freeze(rosstat-regions ru_regions_2000_2020/regions_rosstat.csv)
  mera_add_freeze(hdi undp_hdi_2010_2021/hdi.csv)
  mera_add_freeze(ikgs ru_ikgs_2020/cities.csv)
  mera_add_freeze(oecd-bli oecd_bli_2015/indicators.csv)
  mera_add_freeze(idhm br_idhm_1991_2010/municipios.csv)
  mera_add_freeze(svi us_svi_2018_county/SVI2018_US_COUNTY.csv)
  mera_add_freeze(townsend uk_townsend_2011_ward/dataset.csv)
  mera_add_freeze(wimd wales_wimd_2019/wimd2019_lsoa.csv)
  mera_add_freeze(ghi ifpri_ghi_2016/ghi-indicators.csv)
  add_test(NAME e2e.robustness COMMAND bash ${CMAKE_CURRENT_SOURCE_DIR}/e2e/test_robustness.sh
    $<TARGET_FILE:mera> ${PROJECT_SOURCE_DIR})
  set_tests_properties(e2e.robustness PROPERTIES LABELS e2e TIMEOUT 120)
  add_test(NAME e2e.runs COMMAND bash ${CMAKE_CURRENT_SOURCE_DIR}/e2e/test_runs.sh
    $<TARGET_FILE:mera> ${CMAKE_CURRENT_SOURCE_DIR}/e2e/small)
  set_tests_properties(e2e.runs PROPERTIES LABELS e2e TIMEOUT 120)
  add_test(NAME e2e.grid_resumed COMMAND bash ${CMAKE_CURRENT_SOURCE_DIR}/e2e/test_grid_resumed.sh
    $<TARGET_FILE:mera> ${PROJECT_SOURCE_DIR})
  set_tests_properties(e2e.grid_resumed PROPERTIES LABELS e2e TIMEOUT 120)
  add_test(NAME e2e.postgres COMMAND bash ${CMAKE_CURRENT_SOURCE_DIR}/e2e/test_postgres.sh
    $<TARGET_FILE:mera>)
  set_tests_properties(e2e.postgres PROPERTIES LABELS e2e TIMEOUT 120 SKIP_RETURN_CODE 77)
  add_test(NAME docs.reference COMMAND python3 ${CMAKE_CURRENT_SOURCE_DIR}/e2e/test_docs.py
    $<TARGET_FILE:mera> ${PROJECT_SOURCE_DIR})
  set_tests_properties(docs.reference PROPERTIES LABELS "e2e;house" TIMEOUT 60)
  add_test(NAME e2e.examples COMMAND bash ${CMAKE_CURRENT_SOURCE_DIR}/e2e/test_examples.sh
    $<TARGET_FILE:mera> ${PROJECT_SOURCE_DIR})
  add_test(NAME e2e.import COMMAND bash ${CMAKE_CURRENT_SOURCE_DIR}/e2e/test_import.sh
    $<TARGET_FILE:mera> ${PROJECT_SOURCE_DIR})
  set_tests_properties(e2e.new e2e.habits e2e.import PROPERTIES LABELS e2e TIMEOUT 60)
  set_tests_properties(e2e.examples PROPERTIES LABELS e2e TIMEOUT 300)
  if(NOT MERA_SANITIZE AND NOT MERA_COVERAGE) # it builds the engine three times over
    add_test(NAME e2e.same_bytes COMMAND bash ${CMAKE_CURRENT_SOURCE_DIR}/e2e/same_bytes.sh
      ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR}/same_bytes $<TARGET_FILE:mera>)
    set_tests_properties(e2e.same_bytes PROPERTIES LABELS "e2e;slow" TIMEOUT 1200)
  endif()
endif()

# The reference of operations is what the registry says today; `cmake --build … --target docs` writes it.
add_test(NAME docs.operations COMMAND sh -c
  "env -u MERA_PLUGINS $<TARGET_FILE:mera> ops --format markdown | diff -u ${PROJECT_SOURCE_DIR}/docs/operations.md -")
set_tests_properties(docs.operations PROPERTIES LABELS house TIMEOUT 30)

# Plugins: the tools of their authors, the reference of functions, and those that ship.
add_test(NAME e2e.plugin_tools COMMAND bash ${CMAKE_CURRENT_SOURCE_DIR}/e2e/test_plugin_tools.sh
  $<TARGET_FILE:mera>)
set_tests_properties(e2e.plugin_tools PROPERTIES LABELS e2e TIMEOUT 120)
add_test(NAME docs.lua COMMAND sh -c
  "$<TARGET_FILE:mera> plugin doc | diff -u ${PROJECT_SOURCE_DIR}/docs/lua.md -")
set_tests_properties(docs.lua PROPERTIES LABELS house TIMEOUT 30)
file(GLOB plugins CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/plugins/*/plugin.lua)
foreach(script ${plugins})
  get_filename_component(folder ${script} DIRECTORY)
  get_filename_component(plugin ${folder} NAME)
  add_test(NAME e2e.plugin.${plugin} COMMAND mera plugin test ${folder} --format table)
  set_tests_properties(e2e.plugin.${plugin} PROPERTIES LABELS e2e TIMEOUT 60)
endforeach()
add_test(NAME e2e.untrusted COMMAND bash ${CMAKE_CURRENT_SOURCE_DIR}/e2e/test_untrusted.sh
  $<TARGET_FILE:mera> ${PROJECT_SOURCE_DIR})
set_tests_properties(e2e.untrusted PROPERTIES LABELS e2e TIMEOUT 300)
add_test(NAME e2e.overlay COMMAND bash ${CMAKE_CURRENT_SOURCE_DIR}/e2e/test_overlay.sh
  $<TARGET_FILE:mera> ${PROJECT_SOURCE_DIR})
set_tests_properties(e2e.overlay PROPERTIES LABELS e2e TIMEOUT 120)
find_package(Python3 COMPONENTS Interpreter)
if(Python3_FOUND)
  add_test(NAME e2e.priorities COMMAND Python3::Interpreter
    ${CMAKE_CURRENT_SOURCE_DIR}/e2e/test_priorities.py $<TARGET_FILE:mera> ${PROJECT_SOURCE_DIR})
  set_tests_properties(e2e.priorities PROPERTIES LABELS e2e TIMEOUT 400)
  add_test(NAME e2e.workbook COMMAND Python3::Interpreter
    ${CMAKE_CURRENT_SOURCE_DIR}/e2e/test_workbook.py $<TARGET_FILE:mera> ${PROJECT_SOURCE_DIR})
  add_test(NAME e2e.workbook.program COMMAND Python3::Interpreter
    ${CMAKE_CURRENT_SOURCE_DIR}/e2e/test_workbook.py $<TARGET_FILE:mera> ${PROJECT_SOURCE_DIR} --program)
  add_test(NAME e2e.sheets COMMAND Python3::Interpreter
    ${CMAKE_CURRENT_SOURCE_DIR}/e2e/test_sheets.py $<TARGET_FILE:mera> ${PROJECT_SOURCE_DIR})
  add_test(NAME e2e.sheets.program COMMAND Python3::Interpreter
    ${CMAKE_CURRENT_SOURCE_DIR}/e2e/test_sheets.py $<TARGET_FILE:mera> ${PROJECT_SOURCE_DIR} --program)
  set_tests_properties(e2e.workbook e2e.workbook.program e2e.sheets e2e.sheets.program PROPERTIES LABELS e2e TIMEOUT 400
    SKIP_RETURN_CODE 77)
  foreach(test territories promises agree)
    add_test(NAME e2e.${test} COMMAND Python3::Interpreter
      ${CMAKE_CURRENT_SOURCE_DIR}/e2e/test_${test}.py $<TARGET_FILE:mera> ${PROJECT_SOURCE_DIR})
    set_tests_properties(e2e.${test} PROPERTIES LABELS e2e TIMEOUT 240 SKIP_RETURN_CODE 77)
  endforeach()
  foreach(page change from-raw compare priorities profile similar)
    add_test(NAME docs.${page} COMMAND Python3::Interpreter
      ${CMAKE_CURRENT_SOURCE_DIR}/e2e/run_guide.py $<TARGET_FILE:mera>
      ${PROJECT_SOURCE_DIR}/docs/${page}.md ${PROJECT_SOURCE_DIR})
    set_tests_properties(docs.${page} PROPERTIES LABELS house TIMEOUT 120)
  endforeach()
endif()
if(Python3_FOUND) # the guide, from nothing to an admitted plugin; and the generated data
  add_test(NAME docs.plugins COMMAND Python3::Interpreter
    ${CMAKE_CURRENT_SOURCE_DIR}/e2e/run_guide.py $<TARGET_FILE:mera> ${PROJECT_SOURCE_DIR}/docs/plugins.md)
  set_tests_properties(docs.plugins PROPERTIES LABELS house TIMEOUT 120)
  foreach(what plants:company-towns-plants/data/generated_plants_2024
      answers:company-towns-plants/data/generated_answers_2024 blocks:town-blocks/data/generated_blocks)
    string(REPLACE ":" ";" what ${what})
    list(GET what 0 name)
    list(GET what 1 file)
    add_test(NAME shipped.generator.${name} COMMAND sh -c
      "'${Python3_EXECUTABLE}' '${PROJECT_SOURCE_DIR}/tools/make_plant_towns.py' ${name} | cmp - '${PROJECT_SOURCE_DIR}/methodologies/${file}.csv'")
    set_tests_properties(shipped.generator.${name} PROPERTIES LABELS shipped TIMEOUT 30)
  endforeach()
endif()
