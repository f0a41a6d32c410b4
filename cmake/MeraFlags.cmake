# Flags of the whole project, in one target that every other links privately.
add_library(mera_flags INTERFACE)
target_compile_features(mera_flags INTERFACE c_std_17)
target_compile_definitions(mera_flags INTERFACE _GNU_SOURCE)
target_compile_options(mera_flags INTERFACE
  -Wall -Wextra -Wshadow -Wpointer-arith -Wcast-qual -Wstrict-prototypes -Wmissing-prototypes
  -Wwrite-strings -Wvla -Wundef -Wformat=2 -Wformat-nonliteral
  -ffp-contract=off # the same bits on every CPU
  -fno-math-errno)
if(MERA_WERROR)
  target_compile_options(mera_flags INTERFACE -Werror)
endif()
if(MERA_ARCH)
  target_compile_options(mera_flags INTERFACE -march=${MERA_ARCH})
endif()
if(MERA_SANITIZE)
  target_compile_options(mera_flags INTERFACE -fsanitize=${MERA_SANITIZE} -fno-omit-frame-pointer
    -fno-sanitize-recover=all)
  target_link_options(mera_flags INTERFACE -fsanitize=${MERA_SANITIZE})
endif()
if(MERA_FUZZ)
  target_compile_options(mera_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()
if(MERA_COVERAGE)
  target_compile_options(mera_flags INTERFACE --coverage)
  target_link_options(mera_flags INTERFACE --coverage)
endif()
if(MERA_ARENA_DEBUG)
  target_compile_definitions(mera_flags INTERFACE MERA_ARENA_DEBUG)
endif()
