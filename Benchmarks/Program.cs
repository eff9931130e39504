using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using OrleansTicker.Benchmarks;

if (args is [MarketRun.Name, .. var settings])
{
    await MarketRun.RunAsync(settings);
    return;
}

if (args is [HistoryRun.Name, .. var historySettings])
{
    await HistoryRun.RunAsync(historySettings);
    return;
}

if (args is [BareHttpRun.Name, .. var options])
{
    await BareHttpRun.RunAsync(options);
    return;
}

// Runs in this process: projects that BenchmarkDotNet generates would inherit this repository's build settings and fail to build.
var config = DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
BenchmarkSwitcher.FromAssembly(typeof(FrameBenchmarks).Assembly).Run(args, config);
