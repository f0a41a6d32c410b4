# LAPACK, the reference one, from its archives. Which library liblapack.so.3 stands for is the machine's choice (OpenBLAS
# installs itself there), and each adds in an order of its own: a program that asked for whichever is there would give other
# last digits on other machines.
find_path(MERA_LAPACKE_INCLUDE lapacke.h)
find_library(MERA_LAPACKE NAMES liblapacke.a)
find_library(MERA_LAPACK NAMES liblapack.a PATH_SUFFIXES lapack)
find_library(MERA_BLAS NAMES libblas.a PATH_SUFFIXES blas)
find_library(MERA_GFORTRAN NAMES gfortran libgfortran.so.5)
foreach(part LAPACKE_INCLUDE LAPACKE LAPACK BLAS GFORTRAN)
  if(NOT MERA_${part})
    message(FATAL_ERROR "MERA_${part} of the reference LAPACK is not here: install liblapacke-dev")
  endif()
endforeach()
add_library(Mera::Lapack INTERFACE IMPORTED)
target_include_directories(Mera::Lapack INTERFACE ${MERA_LAPACKE_INCLUDE})
target_link_libraries(Mera::Lapack INTERFACE ${MERA_LAPACKE} ${MERA_LAPACK} ${MERA_BLAS} ${MERA_GFORTRAN} m)
