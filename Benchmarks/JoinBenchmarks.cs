using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OrleansTicker.Gateway.Market;
using OrleansTicker.Grains.Connections;
using OrleansTicker.Grains.Interfaces.Connections;
using OrleansTicker.Grains.Interfaces.Policies;
using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Grains.Interfaces.Tokens;
using OrleansTicker.Grains.Policies;

namespace OrleansTicker.Benchmarks;

/// <summary>Measures what it costs to decide on a view of a market of 2,000 symbols, to which exchanges may add symbols of their own.</summary>
[MemoryDiagnoser]
public class JoinBenchmarks : IDisposable
{
    private const int Count = 2000;

    private static readonly Actor Demo = new("user:demo", ImmutableDictionary<string, string>.Empty);

    private readonly IHost _host = new HostBuilder().ConfigureServices((context, services) => services.AddLogging().AddPolicies(context.Configuration)).Build();
    private MarketState _market = null!;
    private IPolicies _policies = null!;

    /// <summary>How many symbols of single exchanges there are.</summary>
    [Params(0, 10_000)]
    public int OfExchanges { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        _policies = _host.Services.GetRequiredService<IPolicies>();
        var symbols = Enumerable.Range(0, Count).Select(number => $"S{number:0000}-USD").ToArray();
        var ofExchanges = Enumerable.Range(0, OfExchanges).Select(number => SymbolNames.OfExchange($"Exchange{number % 5}", symbols[number / 5]));
        var quotes = symbols.Concat(ofExchanges).Select(symbol => new MarketQuote(new Quote(symbol, 1, DateTimeOffset.UnixEpoch), 1)).ToArray();
        Random.Shared.Shuffle(quotes);
        _market = MarketState.From(new MarketSnapshot(1, 1, DateTimeOffset.UnixEpoch, [.. quotes]), MarketState.Empty);
    }

    /// <summary>A session begins, and its client has asked for nothing.</summary>
    [Benchmark]
    public SessionView Join() => Create().ViewOf(_market.SymbolsWith([]));

    /// <summary>Its client names three symbols.</summary>
    [Benchmark]
    public ConnectionReply Subscribe()
    {
        ImmutableArray<string> named = OfExchanges > 0 ? ["exchange0:S0007-USD", "exchange1:S0007-USD", "S0007-USD"] : ["S0005-USD", "S0006-USD", "S0007-USD"];
        return Create().Subscribe(new SubscribeMessage(named, null), _market.SymbolsWith(named));
    }

    [GlobalCleanup]
    public void Dispose()
    {
        GC.SuppressFinalize(this);
        _host.Dispose();
    }

    private Subscription Create() => new(_policies, Demo, ["user_policy"], RequestMetadata.None);
}
