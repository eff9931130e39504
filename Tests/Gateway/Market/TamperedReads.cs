using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using OrleansTicker.Grains.Interfaces.Feeds;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Tests.Gateway.Market;

/// <summary>
/// Changes what the ticker answers to reads, as if it ran on another silo. It can also give out a market of an epoch that the
/// ticker has never had.
/// </summary>
internal sealed class TamperedReads : IIncomingGrainCallFilter, IOutgoingGrainCallFilter
{
    private readonly ConcurrentQueue<Tick> _added = new();
    private readonly TaskCompletionSource _hanging = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _resumed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource? _marketAsked;
    private Task _marketHeld = Task.CompletedTask;
    private int _isToHang;

    public Func<Tick, bool> Losing { get; set; } = _ => false;

    /// <summary>By how much the epoch of the next market is ahead of the ticker's; applies once.</summary>
    public long Ahead { get; set; }

    /// <summary>The exchanges that the next markets name; null for what the ticker says.</summary>
    public ImmutableArray<FeedStatus>? Feeds { get; set; }

    /// <summary>Ends when a read hangs.</summary>
    public Task Hanging => _hanging.Task;

    /// <summary>Ends when a read was answered after one that hung.</summary>
    public Task Resumed => _resumed.Task;

    public void Install(WebApplicationBuilder builder) =>
        builder.Services.AddSingleton<IIncomingGrainCallFilter>(this).AddSingleton<IOutgoingGrainCallFilter>(this);

    /// <summary>Adds a tick before those that the ticker publishes next.</summary>
    public void Add(Tick tick) => _added.Enqueue(tick);

    /// <summary>Lets the next read hang until its caller has given up and read again.</summary>
    public void Hang() => Volatile.Write(ref _isToHang, 1);

    /// <summary>Holds back the answers to requests for the market that come from now on.</summary>
    /// <returns>A task that ends when there is one.</returns>
    public Task HoldMarket(Task until)
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _marketHeld, until);
        Volatile.Write(ref _marketAsked, asked);
        return asked.Task;
    }

    /// <summary>Holds an answer back on its way, when the ticker has already gone on.</summary>
    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        await context.Invoke();
        if (context.InterfaceMethod.Name == nameof(ITickerGrain.GetMarketAsync))
        {
            Volatile.Read(ref _marketAsked)?.TrySetResult();
            await Volatile.Read(ref _marketHeld);
        }
    }

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        await context.Invoke();
        if (context.InterfaceMethod.Name == nameof(ITickerGrain.GetMarketAsync) && Ahead > 0)
        {
            var market = (MarketSnapshot)context.Result!;
            context.Result = market with { Epoch = market.Epoch + Ahead };
            Ahead = 0;
        }

        if (context.InterfaceMethod.Name == nameof(ITickerGrain.GetMarketAsync))
        {
            context.Result = (MarketSnapshot)context.Result! is var told && Feeds is { } feeds ? told with { Feeds = feeds } : told;
        }

        if (context.InterfaceMethod.Name != nameof(ITickerGrain.ReadTicksAsync))
        {
            return;
        }

        if (Interlocked.Exchange(ref _isToHang, 0) == 1)
        {
            _hanging.SetResult();
            await _resumed.Task;
        }
        else if (_hanging.Task.IsCompleted)
        {
            _resumed.TrySetResult();
        }

        var batch = (TickBatch)context.Result!;
        List<Tick> ticks = [];
        while (_added.TryDequeue(out var tick))
        {
            ticks.Add(tick);
        }

        context.Result = batch with { Ticks = [.. ticks, .. batch.Ticks.Where(tick => !Losing(tick))] };
    }
}
