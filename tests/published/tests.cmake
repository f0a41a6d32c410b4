# Published indices recomputed by `mera score`, and the methodologies that ship with data.
if(DEFINED ENV{MERA_SHARED})
  set(shared $ENV{MERA_SHARED})
else()
  set(shared ${PROJECT_SOURCE_DIR}/../shared)
endif()
if(TARGET mera)
  function(mera_add_check name)
    add_executable(${name} published/${name}.c published/run.c published/table.c ${ARGN})
    target_compile_definitions(${name} PRIVATE MERA_SOURCE_DIR="${PROJECT_SOURCE_DIR}"
      MERA_PROGRAM="$<TARGET_FILE:mera>")
    target_link_libraries(${name} PRIVATE mera_flags m)
    add_dependencies(${name} mera)
  endfunction()

  # Data in ../shared; skipped, with the reason, when they are absent.
  mera_add_check(check_published published/compare.c published/special.c)
  foreach(index hdi ikgs oecd-bli idhm svi townsend wimd ghi)
    add_test(NAME published.${index} COMMAND check_published ${index})
    set_tests_properties(published.${index} PROPERTIES LABELS published TIMEOUT 120
      SKIP_RETURN_CODE 77)
  endforeach()

  # What is split adds up, on all of these data and on those that ship.
  add_executable(check_sums published/check_sums.c)
  target_compile_definitions(check_sums PRIVATE MERA_PLUGIN_DIR="${PROJECT_SOURCE_DIR}/plugins")
  target_link_libraries(check_sums PRIVATE mera_analysis mera_flags m)
  foreach(pair company-towns world-quality-of-life company-towns-north town-blocks
      rosstat-regions:ru_regions_2000_2020/regions_rosstat.csv hdi:undp_hdi_2010_2021/hdi.csv
      ikgs:ru_ikgs_2020/cities.csv oecd-bli:oecd_bli_2015/indicators.csv
      idhm:br_idhm_1991_2010/municipios.csv svi:us_svi_2018_county/SVI2018_US_COUNTY.csv
      townsend:uk_townsend_2011_ward/dataset.csv wimd:wales_wimd_2019/wimd2019_lsoa.csv
      ghi:ifpri_ghi_2016/ghi-indicators.csv)
    string(REPLACE ":" ";${shared}/data/" words ${pair})
    list(POP_FRONT words name)
    add_test(NAME sums.${name} COMMAND check_sums ${PROJECT_SOURCE_DIR}/methodologies/${name} ${words})
    set_tests_properties(sums.${name} PROPERTIES LABELS published TIMEOUT 300 SKIP_RETURN_CODE 77)
  endforeach()

  add_test(NAME sums.asem COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/published/sums_asem.sh
    $<TARGET_FILE:check_sums> $<TARGET_FILE:mera> ${shared}/data/asem)
  set_tests_properties(sums.asem PROPERTIES LABELS published TIMEOUT 300 SKIP_RETURN_CODE 77)

  mera_add_check(check_shipped)
  foreach(name world-quality-of-life company-towns)
    add_test(NAME shipped.${name} COMMAND check_shipped ${name})
    set_tests_properties(shipped.${name} PROPERTIES LABELS shipped)
    add_test(NAME pinned.${name} COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/published/check_pinned.sh
      $<TARGET_FILE:mera> ${PROJECT_SOURCE_DIR} ${name})
    set_tests_properties(pinned.${name} PROPERTIES LABELS pinned)
  endforeach()
  add_test(NAME pinned.rosstat-regions COMMAND
    ${CMAKE_CURRENT_SOURCE_DIR}/published/check_pinned.sh $<TARGET_FILE:mera> ${PROJECT_SOURCE_DIR}
    rosstat-regions --period 2019 --data ru_regions_2000_2020/regions_rosstat.csv)
  set_tests_properties(pinned.rosstat-regions PROPERTIES LABELS pinned SKIP_RETURN_CODE 77)
endif()

# The generated towns are what their generator gives; the scores are found by a second road.
find_program(MERA_PYTHON python3)
if(MERA_PYTHON)
  function(mera_add_second_road name data)
    add_test(NAME second_road.${name} COMMAND ${MERA_PYTHON}
      ${CMAKE_CURRENT_SOURCE_DIR}/published/second_road.py $<TARGET_FILE:mera>
      ${PROJECT_SOURCE_DIR}/methodologies/${name} ${data})
    set_tests_properties(second_road.${name} PROPERTIES LABELS shipped SKIP_RETURN_CODE 77)
  endfunction()
  if(TARGET mera)
    mera_add_second_road(company-towns
      ${PROJECT_SOURCE_DIR}/methodologies/company-towns/data/generated_towns_2024.csv)
    mera_add_second_road(company-towns-north
      ${PROJECT_SOURCE_DIR}/methodologies/company-towns/data/generated_towns_2024.csv)
    mera_add_second_road(world-quality-of-life
      ${PROJECT_SOURCE_DIR}/methodologies/world-quality-of-life/data/factbook.csv)
    mera_add_second_road(rosstat-regions
      ${shared}/data/ru_regions_2000_2020/regions_rosstat.csv)
  endif()
  add_test(NAME shipped.generator COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/published/check_generator.sh
    ${MERA_PYTHON} ${PROJECT_SOURCE_DIR})
  set_tests_properties(shipped.generator PROPERTIES LABELS shipped)
endif()
