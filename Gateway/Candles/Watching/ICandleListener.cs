namespace OrleansTicker.Gateway.Candles.Watching;

/// <summary>Wants to know when a series has something new.</summary>
internal interface ICandleListener
{
    /// <summary>Called on any thread. It must be quick: others wait for it.</summary>
    void OnNews();
}
