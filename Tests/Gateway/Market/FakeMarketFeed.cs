using OrleansTicker.Gateway.Market;

namespace OrleansTicker.Tests.Gateway.Market;

/// <summary>A market that a test sets, from any thread. It tells nobody when it changes.</summary>
/// <param name="quotes">What the first tick of epoch 7 holds.</param>
internal sealed class FakeMarketFeed(params (string Symbol, decimal Price)[] quotes) : IMarketFeed
{
    private volatile MarketState _newest = Ticks.State(7, 1, [.. quotes.Select(quote => (quote.Symbol, quote.Price, 1L))]);
    private volatile bool _isFailing;

    public event Action? Changed
    {
        add { }
        remove { }
    }

    /// <summary>Whether whoever asks for the market gets an exception instead.</summary>
    public bool IsFailing
    {
        get => _isFailing;
        set => _isFailing = value;
    }

    public MarketState Newest
    {
        get => _isFailing ? throw new InvalidOperationException("as the test says") : _newest;
        set => _newest = value;
    }

    /// <summary>Applies the next tick.</summary>
    public void Move(params (string Symbol, decimal Price)[] quotes) => Newest = Newest.Apply(Ticks.Tick(Newest.At.Epoch, Newest.At.Seq + 1, quotes));
}
