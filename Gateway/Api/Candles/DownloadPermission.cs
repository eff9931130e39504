using Microsoft.AspNetCore.Http.Features;
using OrleansTicker.Gateway.Api.Symbols;
using OrleansTicker.Gateway.Authentication;
using OrleansTicker.Gateway.Http;

namespace OrleansTicker.Gateway.Api.Candles;

/// <summary>Whether downloads in progress may go on: they may take hours, and what permitted them may end meanwhile.</summary>
internal sealed class DownloadPermission(TokenGrains tokens, SymbolGate gate)
{
    /// <summary>Checks a download.</summary>
    /// <param name="context">The request.</param>
    /// <param name="symbol">What it downloads.</param>
    /// <exception cref="UnauthorizedAccessException">Its token has ended, or its user may no longer see the symbol.</exception>
    /// <exception cref="TokenStoreUnavailableException">The token can't be checked.</exception>
    public async Task CheckAsync(HttpContext context, string symbol)
    {
        var actor = context.Features.GetRequiredFeature<AuthenticatedActor>();
        if (await tokens.ValidateAsync(actor.TokenKey, context.RequestAborted) is null || !gate.Allows(actor, RequestDetails.Of(context), symbol))
        {
            throw new UnauthorizedAccessException($"The token has ended, or its user may no longer see {symbol}.");
        }
    }
}
