using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Grains.Prices;

namespace OrleansTicker.Tests.Hosting;

/// <summary>A price source that says what the test says: one quote a turn, nothing otherwise. It outlives the ticker's lives.</summary>
internal sealed class ScriptedSource : IPriceSourceFactory
{
    private readonly ConcurrentQueue<Quote> _said = new();

    /// <summary>How the source does; by default it always has a price.</summary>
    public PriceSilence Silence { get; set; }

    public void Install(WebApplicationBuilder builder) => Install(builder.Services);

    public void Install(IServiceCollection services) => services.AddSingleton<IPriceSourceFactory>(this);

    public void Say(Quote quote) => _said.Enqueue(quote);

    public IPriceSource Create() => new Source(this);

    private sealed class Source(ScriptedSource script) : IPriceSource
    {
        public PriceSilence Silence => script.Silence;

        public void Start()
        {
            // Speaks when the test does.
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
