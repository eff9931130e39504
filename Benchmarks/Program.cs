using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using OrleansTicker.Benchmarks;
using OrleansTicker.Benchmarks.Page;

Func<string[], Task>? run = args.FirstOrDefault() switch
{
    MarketRun.Name => MarketRun.RunAsync,
    HistoryRun.Name => HistoryRun.RunAsync,
    BareHttpRun.Name => BareHttpRun.RunAsync,
    PageRun.Name => PageRun.RunAsync,
    PagePictures.Name => PagePictures.RunAsync,
    _ => null,
};
if (run is not null)
{
    await run(args[1..]);
    return;
}

// Runs in this process: projects that BenchmarkDotNet generates would inherit this repository's build settings and fail to build.
var config = DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
BenchmarkSwitcher.FromAssembly(typeof(FrameBenchmarks).Assembly).Run(args, config);
