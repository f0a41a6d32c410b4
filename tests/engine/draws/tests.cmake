foreach(test certificates random kernels draws laws scores sobol sobol_points stability summary)
  mera_add_test(engine/draws/test_${test}.c LAYER draws LABELS unit TIMEOUT 240)
endforeach()

# The kernels in vectors as wide as AVX-512's, by instructions that every processor has.
add_library(test_kernels_wide OBJECT ${PROJECT_SOURCE_DIR}/engine/draws/kernels.c)
target_include_directories(test_kernels_wide PRIVATE ${PROJECT_SOURCE_DIR}/engine)
target_link_libraries(test_kernels_wide PRIVATE mera_flags)
target_compile_options(test_kernels_wide PRIVATE -Wno-psabi)
target_compile_definitions(test_kernels_wide PRIVATE MERA_KERNELS_WIDE
  MERA_KERNELS=mera_kernels_wide MERA_KERNELS_NAME="wide")
target_sources(engine.draws.test_kernels PRIVATE $<TARGET_OBJECTS:test_kernels_wide>)
