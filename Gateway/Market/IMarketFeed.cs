namespace OrleansTicker.Gateway.Market;

/// <summary>The market as this gateway knows it.</summary>
internal interface IMarketFeed
{
    /// <summary>Raised after <see cref="Newest"/> has changed. Handlers must be quick: the next tick waits for them.</summary>
    event Action? Changed;

    /// <summary>The newest state; readable from any thread at any time. It only ever moves forward; what is known of the exchanges may change without a new tick.</summary>
    MarketState Newest { get; }
}
