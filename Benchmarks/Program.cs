using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using OrleansTicker.Benchmarks;
using OrleansTicker.Benchmarks.Page;

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

if (args is [PageRun.Name, .. var pageArguments])
{
    await PageRun.RunAsync(pageArguments);
    return;
}

if (args is [PagePictures.Name, .. var folder])
{
    await PagePictures.RunAsync(folder);
    return;
}

// Runs in this process: projects that BenchmarkDotNet generates would inherit this repository's build settings and fail to build.
var config = DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
BenchmarkSwitcher.FromAssembly(typeof(FrameBenchmarks).Assembly).Run(args, config);
