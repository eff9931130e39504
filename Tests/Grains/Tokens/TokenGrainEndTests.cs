using OrleansTicker.Grains.Tokens;

namespace OrleansTicker.Tests.Grains.Tokens;

/// <summary>How a token ends: revoked, or by its expiry.</summary>
public sealed class TokenGrainEndTests(TokenSilo silo) : IClassFixture<TokenSilo>
{
    [Fact]
    public async Task A_revoked_token_is_unknown_and_leaves_nothing_behind()
    {
        var request = silo.Request();
        var grain = silo.GrainOf(request);
        await grain.IssueAsync(request);

        await grain.RevokeAsync();
        await grain.RevokeAsync();

        Assert.Null(await grain.ValidateAsync());
        Assert.False(silo.Storage.Holds(grain.GetGrainId()));
        Assert.False(silo.Reminders.Holds(grain.GetGrainId()));
    }

    [Fact]
    public async Task A_token_whose_record_is_gone_is_revoked()
    {
        var request = silo.Request();
        var grain = silo.GrainOf(request);
        await grain.IssueAsync(request);
        silo.Storage.Lose(grain.GetGrainId());

        await grain.RevokeAsync();

        Assert.Null(await grain.ValidateAsync());
        Assert.False(silo.Reminders.Holds(grain.GetGrainId()));
    }

    [Fact]
    public async Task A_record_of_another_version_is_read_again_and_cleared()
    {
        var request = silo.Request();
        var grain = silo.GrainOf(request);
        await grain.IssueAsync(request);
        silo.Storage.Change(grain.GetGrainId());

        await grain.RevokeAsync();

        Assert.Null(await grain.ValidateAsync());
        Assert.False(silo.Storage.Holds(grain.GetGrainId()));
    }

    [Fact]
    public async Task A_revocation_whose_answer_was_lost_on_the_way_from_the_store_can_be_repeated()
    {
        var request = silo.Request();
        var grain = silo.GrainOf(request);
        await grain.IssueAsync(request);
        silo.Storage.LosesAnswer = true;
        await Assert.ThrowsAnyAsync<Exception>(grain.RevokeAsync);
        Assert.NotNull(await grain.ValidateAsync());

        await grain.RevokeAsync();

        Assert.Null(await grain.ValidateAsync());
    }

    [Fact]
    public async Task A_token_whose_record_cannot_be_cleared_is_valid_until_it_can()
    {
        var request = silo.Request();
        var grain = silo.GrainOf(request);
        await grain.IssueAsync(request);
        silo.Storage.Fault = new IOException("no storage today");
        try
        {
            await Assert.ThrowsAnyAsync<OrleansException>(grain.RevokeAsync);
        }
        finally
        {
            silo.Storage.Fault = null;
        }

        Assert.NotNull(await grain.ValidateAsync());
        await grain.RevokeAsync();
        Assert.Null(await grain.ValidateAsync());
    }

    [Fact]
    public async Task An_expired_token_is_unknown_and_its_record_vanishes_by_itself()
    {
        var request = silo.Request();
        var grain = silo.GrainOf(request);
        await grain.IssueAsync(request);

        silo.Time.Advance(TimeSpan.FromHours(1) - TimeSpan.FromTicks(1));
        Assert.NotNull(await grain.ValidateAsync());

        silo.Time.Advance(TimeSpan.FromTicks(1));
        Assert.Null(await grain.ValidateAsync());

        await FireRemindersUntil(silo.Storage.WaitForClear(grain.GetGrainId()));
        Assert.Null(await grain.ValidateAsync());
        Assert.False(silo.Storage.Holds(grain.GetGrainId()));
        Assert.False(silo.Reminders.Holds(grain.GetGrainId()));
    }

    [Fact]
    public async Task A_reminder_before_the_expiry_ends_nothing()
    {
        var request = silo.Request();
        var grain = silo.GrainOf(request);
        await grain.IssueAsync(request);

        await silo.Grains.GetGrain<IRemindable>(grain.GetGrainId())
            .ReceiveReminder(TokenGrain.ExpiryReminder, default, TestContext.Current.CancellationToken);

        Assert.NotNull(await grain.ValidateAsync());
    }

    // A reminder's timer may be armed after the clock was moved: it then waits for its next period.
    private async Task FireRemindersUntil(Task done)
    {
        var ended = done.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        while (!ended.IsCompleted)
        {
            silo.Time.Advance(TimeSpan.FromMinutes(1));
            await Task.WhenAny(ended, Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken));
        }

        await ended;
    }
}
