#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The same draws in NumPy, as well as it can: blocks that stay in cache, one matrix product and one
argsort a block, places scattered through a flat index. Counts the histogram of places and the mean
shift only; bench_draws counts pairs and bands as well. Usage: numpy_draws.py [processes]"""
import multiprocessing
import sys
import time

import numpy

BLOCK = 256


def run(n, k, draws, seed):
    rng = numpy.random.Generator(numpy.random.SFC64(seed))
    z = rng.random((k, n))
    reference = numpy.empty(n, numpy.int64)
    reference[numpy.argsort(-z.mean(axis=0))] = numpy.arange(n)
    histogram = numpy.zeros(n * n, numpy.int64)
    places = numpy.broadcast_to(numpy.arange(n), (BLOCK, n))
    shift = 0
    start = time.process_time()
    for _ in range(draws // BLOCK):
        w = rng.standard_exponential((BLOCK, k))
        w /= w.sum(axis=1, keepdims=True)
        order = numpy.argsort(-(w @ z), axis=1)
        histogram += numpy.bincount((order * n + places).ravel(), minlength=n * n)
        shift += numpy.abs(places - reference[order]).sum()
    return shift, time.process_time() - start


def timed(n, k, draws, processes):
    jobs = [(n, k, draws // processes, seed) for seed in range(processes)]
    with multiprocessing.Pool(processes) as pool:
        pool.starmap(run, [(n, k, BLOCK, 0)] * processes)  # warm up
        start = time.perf_counter()
        processor = sum(used for _, used in pool.starmap(run, jobs))
        return time.perf_counter() - start, processor


if __name__ == "__main__":
    processes = int(sys.argv[1]) if len(sys.argv) > 1 else 2
    for n, k, draws in ((120, 66, 100000), (500, 40, 30000), (2600, 350, 4000)):
        clock, processor = map(min, zip(*(timed(n, k, draws, processes) for _ in range(3))))
        print(f"NumPy {numpy.__version__}, {processes} processes, {n} x {k}: {draws / clock:.0f} draws/s "
              f"by clock, {draws / processor:.0f} a core-second")
