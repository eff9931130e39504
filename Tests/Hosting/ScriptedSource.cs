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

    public void Install(WebApplicationBuilder builder) => Install(builder.Services);

    public void Install(IServiceCollection services) => services.AddSingleton<IPriceSourceFactory>(this);

    public void Say(Quote quote) => _said.Enqueue(quote);

    public IPriceSource Create() => new Source(_said);

    private sealed class Source(ConcurrentQueue<Quote> said) : IPriceSource
    {
        public void Start()
        {
            // Speaks when the test does.
        }

        public void Collect(List<Quote> changes)
        {
            if (said.TryDequeue(out var quote))
            {
                changes.Add(quote);
            }
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
