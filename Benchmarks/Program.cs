using BenchmarkDotNet.Running;
using OrleansTicker.Benchmarks;

BenchmarkSwitcher.FromAssembly(typeof(FrameBenchmarks).Assembly).Run(args);
