using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrleansTicker.Grains.Interfaces.Policies;
using OrleansTicker.Grains.Interfaces.Tokens;
using OrleansTicker.Grains.Storage;
using Orleans.Storage;

namespace OrleansTicker.Grains.Tokens;

/// <summary>
/// One token: its record from issue to expiry. A token is validated at each connect, so the record stays in memory while it is used, near
/// the gateway that first asked for it.
/// </summary>
[GrainType("token"), Orleans.Placement.PreferLocalPlacement, Orleans.Placement.Immovable]
internal sealed partial class TokenGrain(
    [PersistentState("token", StorageNames.Ticker)] IPersistentState<TokenState> state,
    ITokenSigner signer,
    IPolicies policies,
    IOptions<TokenOptions> options,
    TimeProvider time,
    ILogger<TokenGrain> logger) : Grain, ITokenGrain, IRemindable
{
    /// <summary>The reminder that clears the record once the token has expired.</summary>
    public const string ExpiryReminder = "expire";

    // Orleans has no one-time reminders. If clearing the record fails, it is tried again after this time.
    private static readonly TimeSpan ExpiryRetry = TimeSpan.FromMinutes(1);

    /// <summary>How often to try to clear a record that another activation changes.</summary>
    private const int ClearTries = 3;

    // The stored record; null if there is none.
    private TokenRecord? _record;

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _record = state.State.ToRecord();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<IssuedToken> IssueAsync(TokenRequest request)
    {
        if (signer.KeyOf(request.Secret) != this.GetPrimaryKeyString())
        {
            throw new InvalidOperationException("The secret does not belong to this key");
        }

        if (_record is not null)
        {
            throw new InvalidOperationException("The token was issued before");
        }

        var token = signer.Sign(request.Secret);
        var lifetime = options.Value.Lifetime;
        var now = time.GetUtcNow();
        var record = new TokenRecord(
            request.Actor, policies.ScopeOf(request.Groups), now, now + lifetime, request.ClientAddress, request.ApiKeyId);

        // The reminder comes first: a failure in between leaves a reminder without a record, which removes itself, instead of a record
        // without a reminder, which would remain forever.
        await this.RegisterOrUpdateReminder(ExpiryReminder, lifetime, ExpiryRetry);
        await WriteAsync(record);
        return new IssuedToken(token, lifetime);
    }

    /// <inheritdoc/>
    public Task<TokenRecord?> ValidateAsync()
    {
        if (_record is { } record && time.GetUtcNow() < record.ExpiresAt)
        {
            return Task.FromResult<TokenRecord?>(record);
        }

        // Nothing needs to stay in memory for an invalid token.
        DeactivateOnIdle();
        return Task.FromResult<TokenRecord?>(null);
    }

    /// <inheritdoc/>
    public async Task RevokeAsync()
    {
        await ClearAsync();
        try
        {
            await UnregisterAsync();
        }
        catch (Exception exception)
        {
            // The token is revoked all the same, and the remaining reminder removes itself.
            LogReminderLeft(exception);
        }

        DeactivateOnIdle();
    }

    /// <inheritdoc/>
    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        // The token has expired by the clock of the silo that fired the reminder, but perhaps not by this one's.
        if (_record is { } record && time.GetUtcNow() < record.ExpiresAt)
        {
            return;
        }

        await ClearAsync();
        await UnregisterAsync();
        DeactivateOnIdle();
    }

    private async Task WriteAsync(TokenRecord record)
    {
        state.State = TokenState.Of(record);
        try
        {
            await state.WriteStateAsync();
        }
        catch
        {
            // The record may or may not have been stored: the next activation reads it. Nobody has received the token.
            DeactivateOnIdle();
            throw;
        }

        _record = record;
    }

    private async Task ClearAsync()
    {
        for (var attempt = 1; _record is not null; attempt++)
        {
            try
            {
                await state.ClearStateAsync();
                _record = null;
            }
            catch (InconsistentStateException) when (attempt < ClearTries)
            {
                // The record has changed, or is gone: a clear may have succeeded although its answer was lost.
                await state.ReadStateAsync();
                _record = state.State.ToRecord();
            }
        }
    }

    private async Task UnregisterAsync()
    {
        if (await this.GetReminder(ExpiryReminder) is { } reminder)
        {
            await this.UnregisterReminder(reminder);
        }
    }

    [LoggerMessage(1100, LogLevel.Warning, "A revoked token's reminder could not be removed; it removes itself when it is due")]
    private partial void LogReminderLeft(Exception exception);
}
