using OrleansTicker.Gateway.Api.Answers;

namespace OrleansTicker.Gateway.Api.Candles;

/// <summary>A page of candles that has been read and encoded.</summary>
/// <param name="Body">The body; null if the symbol does not exist.</param>
/// <param name="Tag">Its entity tag.</param>
/// <param name="IsFinal">Whether it never changes.</param>
/// <param name="Next">Where the next page begins; null if there is none.</param>
internal sealed record CandleAnswer(Body? Body, string Tag, bool IsFinal, string? Next) : IDisposable
{
    /// <summary>The answer for a symbol that does not exist.</summary>
    public static CandleAnswer NoSymbol { get; } = new(null, "", false, null);

    public void Dispose() => Body?.Dispose();
}
