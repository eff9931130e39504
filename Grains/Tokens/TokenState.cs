using OrleansTicker.Grains.Interfaces.Tokens;

namespace OrleansTicker.Grains.Tokens;

/// <summary>What storage holds of a <see cref="TokenGrain"/>.</summary>
[GenerateSerializer, Alias("OrleansTicker.TokenState")]
public sealed class TokenState
{
    /// <summary>The token's record; null until it is issued, and again once it has ended.</summary>
    [Id(0)]
    public TokenRecord? Record { get; set; }
}
