# Published indices recomputed by `mera score`, and the methodologies that ship with data.
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
  if(DEFINED ENV{MERA_SHARED})
    set(shared $ENV{MERA_SHARED})
  else()
    set(shared ${PROJECT_SOURCE_DIR}/../shared)
  endif()
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
