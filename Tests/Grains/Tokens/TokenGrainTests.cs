using OrleansTicker.Grains.Tokens;

namespace OrleansTicker.Tests.Grains.Tokens;

/// <summary>How a token is issued and validated.</summary>
public sealed class TokenGrainTests(TokenSilo silo) : IClassFixture<TokenSilo>
{
    [Fact]
    public async Task An_issued_token_validates_with_all_that_was_written()
    {
        var request = silo.Request();
        var now = silo.Time.GetUtcNow();
        var issued = await silo.GrainOf(request).IssueAsync(request);

        Assert.Equal(silo.Signer.Sign(request.Secret), issued.Token);
        Assert.Equal(TimeSpan.FromHours(1), issued.Lifetime);

        var record = await silo.GrainOf(request).ValidateAsync();
        Assert.NotNull(record);
        Assert.Equal("user:demo", record.Actor.Id);
        Assert.Equal("user", record.Actor.Metadata["role"]);
        Assert.Equal(["user_policy"], record.Scope);
        Assert.Equal(now, record.IssuedAt);
        Assert.Equal(now + TimeSpan.FromHours(1), record.ExpiresAt);
        Assert.Equal("127.0.0.1", record.ClientAddress);
    }

    [Fact]
    public async Task A_token_outlives_its_activation()
    {
        var request = silo.Request() with { ApiKeyId = 7 };
        var grain = silo.GrainOf(request);
        await grain.IssueAsync(request);
        var before = await grain.ValidateAsync();

        await silo.ForgetAsync(grain);

        var after = await grain.ValidateAsync();
        Assert.NotNull(after);
        Assert.NotSame(before, after);
        Assert.Equal(before!.ExpiresAt, after.ExpiresAt);
        Assert.Equal(before.Scope, after.Scope);
        Assert.Equal(before.Actor.Metadata, after.Actor.Metadata);
        Assert.Equal(7, after.ApiKeyId);
    }

    [Fact]
    public async Task Neither_the_key_nor_the_storage_nor_what_is_printed_holds_the_token()
    {
        var request = silo.Request();
        var grain = silo.GrainOf(request);
        var issued = await grain.IssueAsync(request);
        var signature = issued.Token[44..];

        foreach (var text in new[] { silo.Storage.TextOf(grain.GetGrainId()), grain.GetGrainId().ToString(), $"{request}", $"{issued}" })
        {
            Assert.DoesNotContain(request.Secret, text, StringComparison.Ordinal);
            Assert.DoesNotContain(signature, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_token_that_was_never_issued_is_unknown_and_keeps_no_activation()
    {
        var grain = silo.GrainOf(silo.Request());

        Assert.Null(await grain.ValidateAsync());
        await silo.WaitForDeactivationAsync(grain);
        Assert.False(silo.IsActive(grain));
    }

    [Fact]
    public async Task A_token_is_issued_once()
    {
        var request = silo.Request();
        await silo.GrainOf(request).IssueAsync(request);

        await Assert.ThrowsAsync<InvalidOperationException>(() => silo.GrainOf(request).IssueAsync(request));
    }

    [Fact]
    public async Task A_secret_of_another_grain_is_refused()
    {
        var grain = silo.GrainOf(silo.Request());

        await Assert.ThrowsAsync<InvalidOperationException>(() => grain.IssueAsync(silo.Request()));
        Assert.Null(await grain.ValidateAsync());
    }

    [Fact]
    public async Task Where_the_reminder_cannot_be_registered_nothing_is_issued()
    {
        var request = silo.Request();
        var grain = silo.GrainOf(request);
        silo.Reminders.Fault = new InvalidOperationException("no reminders today");
        try
        {
            await Assert.ThrowsAnyAsync<Exception>(() => grain.IssueAsync(request));
        }
        finally
        {
            silo.Reminders.Fault = null;
        }

        Assert.Null(await grain.ValidateAsync());
        Assert.False(silo.Storage.Holds(grain.GetGrainId()));
    }

    [Fact]
    public async Task Where_the_record_cannot_be_written_nothing_is_issued_and_the_reminder_removes_itself()
    {
        var request = silo.Request();
        var grain = silo.GrainOf(request);
        silo.Calls.Before = () =>
        {
            silo.Storage.Fault = new InvalidOperationException("disk full");
            return Task.CompletedTask;
        };
        try
        {
            await Assert.ThrowsAnyAsync<OrleansException>(() => grain.IssueAsync(request));
        }
        finally
        {
            silo.Calls.Before = null;
            silo.Storage.Fault = null;
        }

        Assert.Null(await grain.ValidateAsync());
        Assert.False(silo.Storage.Holds(grain.GetGrainId()));

        await silo.Grains.GetGrain<IRemindable>(grain.GetGrainId())
            .ReceiveReminder(TokenGrain.ExpiryReminder, default, TestContext.Current.CancellationToken);
        Assert.False(silo.Reminders.Holds(grain.GetGrainId()));
    }
}
