# Runs the conformance runner over a folder of broken cases: what it says and how it ends.
#   cmake -DRUNNER=... -DWHERE=tests/conformance -P check.cmake
function(check only status expected)
  execute_process(COMMAND ${RUNNER} --root . ${only} broken WORKING_DIRECTORY ${WHERE}
    OUTPUT_VARIABLE said RESULT_VARIABLE ended)
  if(NOT ended EQUAL ${status})
    message(FATAL_ERROR "${only}: exit status ${ended}, not ${status}")
  endif()
  file(READ ${WHERE}/broken/${expected} wanted)
  if(NOT said STREQUAL wanted)
    message(FATAL_ERROR "${only}: it says\n${said}\nand not\n${wanted}")
  endif()
endfunction()

check("" 1 expected.txt)
check("--only=defect" 0 expected_defect.txt)
check("--only=fits" 0 expected_fits.txt)
