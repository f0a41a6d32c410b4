# lp_solve has no pkg-config file: the target Mera::LpSolve, with the column ordering it needs.
find_path(MERA_LPSOLVE_INCLUDE lpsolve/lp_lib.h REQUIRED)
find_library(MERA_LPSOLVE_LIBRARY NAMES lpsolve55_pic lpsolve55 PATH_SUFFIXES lp_solve REQUIRED)
find_library(MERA_COLAMD_LIBRARY colamd REQUIRED)
add_library(Mera::LpSolve INTERFACE IMPORTED GLOBAL)
target_include_directories(Mera::LpSolve INTERFACE ${MERA_LPSOLVE_INCLUDE})
target_link_libraries(Mera::LpSolve INTERFACE
  ${MERA_LPSOLVE_LIBRARY} ${MERA_COLAMD_LIBRARY} ${CMAKE_DL_LIBS} m)
