using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrleansTicker.Grains.Hosting;
using OrleansTicker.Grains.Interfaces.Policies;
using OrleansTicker.Grains.Interfaces.Tokens;

namespace OrleansTicker.Grains.Tokens;

/// <summary>
/// One token: its record from issue to expiry. A token is validated at each connect, so the record stays in memory while
/// it is in use, close to the gateway that first asked for it.
/// </summary>
[GrainType("token"), Orleans.Placement.PreferLocalPlacement]
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

    // Orleans allows no reminder that fires once: where clearing fails, this is when it is tried again.
    private static readonly TimeSpan ExpiryRetry = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public async Task<IssuedToken> IssueAsync(TokenRequest request)
    {
        if (signer.KeyOf(request.Secret) != this.GetPrimaryKeyString())
        {
            throw new InvalidOperationException("The secret does not belong to this key");
        }

        if (state.State.Record is not null)
        {
            throw new InvalidOperationException("The token was issued before");
        }

        var token = signer.Sign(request.Secret);
        var lifetime = options.Value.Lifetime;
        var now = time.GetUtcNow();
        var record = new TokenRecord(
            request.Actor, policies.ScopeOf(request.Groups), now, now + lifetime, request.ClientAddress);

        // The reminder first: a failure between the two steps then leaves a reminder without a record, which removes itself,
        // and never a record without a reminder, which would stay for good.
        await this.RegisterOrUpdateReminder(ExpiryReminder, lifetime, ExpiryRetry);
        await WriteAsync(record);
        return new IssuedToken(token, lifetime);
    }

    /// <inheritdoc/>
    public Task<TokenRecord?> ValidateAsync()
    {
        if (state.State.Record is { } record && time.GetUtcNow() < record.ExpiresAt)
        {
            return Task.FromResult<TokenRecord?>(record);
        }

        // There is nothing to remember of a token that is not valid.
        DeactivateOnIdle();
        return Task.FromResult<TokenRecord?>(null);
    }

    /// <inheritdoc/>
    public async Task RevokeAsync()
    {
        if (state.State.Record is not null)
        {
            await state.ClearStateAsync();
        }

        try
        {
            await UnregisterAsync();
        }
        catch (Exception exception)
        {
            // The token has ended all the same, and a reminder that is left finds nothing and removes itself.
            LogReminderLeft(exception);
        }

        DeactivateOnIdle();
    }

    /// <inheritdoc/>
    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        if (state.State.Record is { } record)
        {
            // By the clock of the silo that keeps reminders the token has expired; by this one's perhaps not yet.
            if (time.GetUtcNow() < record.ExpiresAt)
            {
                return;
            }

            await state.ClearStateAsync();
        }

        await UnregisterAsync();
        DeactivateOnIdle();
    }

    private async Task WriteAsync(TokenRecord record)
    {
        state.State.Record = record;
        try
        {
            await state.WriteStateAsync();
        }
        catch
        {
            // Whatever storage made of it, nobody has been given the token; here it must not count as issued.
            state.State.Record = null;
            DeactivateOnIdle();
            throw;
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
