using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Grains.Prices;

namespace OrleansTicker.Tests.Hosting;

/// <summary>A price source that returns what the test says, one quote in each turn. It outlives activations of the ticker.</summary>
internal sealed class ScriptedSource : IPriceSourceFactory
{
    private readonly ConcurrentQueue<Quote> _said = new();

    /// <summary>The silence that the source reports; none by default.</summary>
    public PriceSilence Silence { get; set; }

    public void Install(WebApplicationBuilder builder) => Install(builder.Services);

    public void Install(IServiceCollection services) => services.AddSingleton<IPriceSourceFactory>(this);

    public void Say(string symbol, decimal price) => Say(new Quote(symbol, price, DateTimeOffset.UnixEpoch));

    public void Say(Quote quote) => _said.Enqueue(quote);

    public IPriceSource Create() => new Source(this);

    private sealed class Source(ScriptedSource script) : IPriceSource
    {
        public PriceSilence Silence => script.Silence;

        public void Start()
        {
            // The test decides when prices come.
        }

        public void Collect(List<Quote> changes)
        {
            if (script._said.TryDequeue(out var quote))
            {
                changes.Add(quote);
            }
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
