# mera_add_kernels(draws kernels.c mera_kernels avx2 avx512)
#
# Compiles a source of the layer once for each width of vectors that a processor may have: the
# baseline, and on x86 those that are named. It defines MERA_KERNELS (here mera_kernels_avx2, ...) and
# has its name in MERA_KERNELS_NAME; the layer sees MERA_KERNELS_X86 when there is more than the
# baseline. The layer chooses at run time; the bits are the same (-ffp-contract=off holds for all).
set(MERA_KERNELS_avx2 -mavx2)
set(MERA_KERNELS_avx512 -mavx512f -mavx512bw -mprefer-vector-width=512)
function(mera_add_kernels layer source prefix)
  set(widths baseline)
  if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64|amd64")
    list(APPEND widths ${ARGN})
    target_compile_definitions(mera_${layer} PRIVATE MERA_KERNELS_X86)
  endif()
  foreach(width ${widths})
    set(object ${prefix}_${width})
    add_library(${object} OBJECT ${source})
    target_include_directories(${object} PRIVATE ${PROJECT_SOURCE_DIR}/engine)
    target_link_libraries(${object} PRIVATE mera_flags)
    target_compile_options(${object} PRIVATE $<$<NOT:$<CONFIG:Debug>>:-O3> -Wno-psabi
      ${MERA_KERNELS_${width}})
    target_compile_definitions(${object} PRIVATE MERA_KERNELS=${object}
      MERA_KERNELS_NAME="${width}")
    set_target_properties(${object} PROPERTIES POSITION_INDEPENDENT_CODE ON)
    target_sources(mera_${layer} PRIVATE $<TARGET_OBJECTS:${object}>)
  endforeach()
endfunction()
