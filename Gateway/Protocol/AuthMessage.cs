using OrleansTicker.Grains.Interfaces.Connections;

namespace OrleansTicker.Gateway.Protocol;

/// <summary>The client presents another token. It stays in the gateway; no grain gets a token.</summary>
/// <param name="Token">The token, as presented.</param>
internal sealed record AuthMessage(string Token) : ClientMessage
{
    /// <summary>The message without the token.</summary>
    public override string ToString() => nameof(AuthMessage);
}
