using System.Net;
using System.Reflection;
using System.Text;
using System.Text.Json;
using OrleansTicker.Gateway.Keys;
using OrleansTicker.Gateway.Tokens;
using OrleansTicker.Tests.Grains.Tokens;

namespace OrleansTicker.Tests.Gateway.Tokens;

public sealed class TokenExchangeTests(TokenSilo silo) : TokenGatewayTest(silo)
{
    [Fact]
    public async Task A_good_key_gets_a_token()
    {
        using var response = await PostKeyAsync(Gateway.DemoKey);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.ToString());
        Assert.Equal("no-store", response.Headers.CacheControl?.ToString());

        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var token = JsonDocument.Parse(body).RootElement.GetProperty("token").GetString();
        Assert.Equal($$"""{"token":"{{token}}","user_id":"demo","role":"user","expires_in":3600}""", body);

        Assert.True(Silo.Signer.TryVerify(token, out var key));
        var record = await Silo.Grains.GetGrain<OrleansTicker.Grains.Interfaces.Tokens.ITokenGrain>(key).ValidateAsync();
        Assert.Equal("user:demo", record?.Actor.Id);
        Assert.Equal("demo", record?.Actor.Metadata["user_id"]);
        Assert.Equal("user", record?.Actor.Metadata["role"]);
        Assert.Equal(["user_policy"], record!.Scope);
        Assert.Equal("127.0.0.1", record.ClientAddress);
        Assert.Equal(1, record.ApiKeyId);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("api_key=otk_1")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"otk_1\"")]
    [InlineData("{\"api_key\":\"a\",}")]
    [InlineData("{\"api_key\":\"a\"} {}")]
    [InlineData("{\"api_key\":\"a\",\"api_key\":\"b\"}")]
    [InlineData("{\"api_key\":\"\\ud800\"}")]
    [InlineData("{\"\\ud800\":1}")]
    public async Task What_is_no_JSON_object_is_refused(string body)
    {
        using var response = await PostAsync(body);
        await AssertAnswer(response, HttpStatusCode.BadRequest, """{"error":"invalid JSON"}""");
    }

    [Fact]
    public async Task Wrong_UTF_8_and_bottomless_nesting_are_no_JSON()
    {
        using var wrong = await PostAsync([.. "{\"api_key\":\""u8, 0xFF, .. "\"}"u8]);
        await AssertAnswer(wrong, HttpStatusCode.BadRequest, """{"error":"invalid JSON"}""");

        using var deep = await PostAsync("{\"a\":" + new string('[', 1000) + new string(']', 1000) + "}");
        await AssertAnswer(deep, HttpStatusCode.BadRequest, """{"error":"invalid JSON"}""");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"api_key\":\"\"}")]
    [InlineData("{\"api_key\":null}")]
    [InlineData("{\"api_key\":\" \\r\\n\"}")]
    [InlineData("{\"api_key\":7}")]
    [InlineData("{\"api_key\":[\"otk_1\"]}")]
    [InlineData("{\"API_KEY\":\"otk_1\"}")]
    public async Task An_object_without_a_key_is_told_so(string body)
    {
        using var response = await PostAsync(body);
        await AssertAnswer(response, HttpStatusCode.BadRequest, """{"error":"api_key required"}""");
    }

    [Theory]
    [InlineData("otk_nobody")]
    [InlineData("' OR 1=1 --")]
    [InlineData("otk_zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz4W8LJS")]
    public async Task A_key_that_is_not_known_is_refused(string apiKey)
    {
        using var response = await PostKeyAsync(apiKey);
        await AssertAnswer(response, HttpStatusCode.Unauthorized, """{"error":"invalid API key"}""");
    }

    [Theory]
    [InlineData("", "\\n")]
    [InlineData(" \\t", "\\r\\n")]
    [InlineData("\\u000b", "\\f")]
    public async Task White_space_around_a_key_is_no_part_of_it(string before, string after)
    {
        using var response = await PostKeyAsync($"{before}{Gateway.DemoKey}{after}");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_byte_order_mark_is_passed_over()
    {
        using var response = await PostAsync([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes($$"""{"api_key":"{{Gateway.DemoKey}}"}""")]);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_body_beyond_all_measure_is_refused_before_it_is_sent()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/auth/token") { Content = new ByteArrayContent(new byte[5_000_000]) };
        request.Headers.ExpectContinue = true;
        using var response = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        await AssertAnswer(response, HttpStatusCode.RequestEntityTooLarge, """{"error":"request too large"}""");
    }

    [Theory]
    [InlineData(ExchangeRequest.MaxBytes, HttpStatusCode.OK)]
    [InlineData(ExchangeRequest.MaxBytes + 1, HttpStatusCode.RequestEntityTooLarge)]
    public async Task A_body_that_is_too_large_is_refused_whether_its_length_is_told_or_not(int length, HttpStatusCode status)
    {
        var body = Encoding.UTF8.GetBytes($$"""{"api_key":"{{Gateway.DemoKey}}"}""".PadRight(length));
        using var told = await PostAsync(body);
        Assert.Equal(status, told.StatusCode);

        using var chunks = new HttpRequestMessage(HttpMethod.Post, "/auth/token") { Content = new StreamContent(new MemoryStream(body)) };
        chunks.Headers.TransferEncodingChunked = true;
        using var untold = await Client.SendAsync(chunks, TestContext.Current.CancellationToken);
        Assert.Equal(status, untold.StatusCode);
        if (status != HttpStatusCode.OK)
        {
            await AssertAnswer(untold, status, """{"error":"request too large"}""");
        }
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    [InlineData("BREW")]
    public async Task Another_method_is_not_allowed_and_never_gets_the_page(string method)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "/auth/token");
        using var response = await Client.SendAsync(request, TestContext.Current.CancellationToken);

        await AssertAnswer(response, HttpStatusCode.MethodNotAllowed, """{"error":"method not allowed"}""");
        Assert.Equal(["POST"], response.Content.Headers.Allow);
    }

    [Fact]
    public async Task A_database_that_is_gone_or_broken_is_unavailable()
    {
        var file = Folder["data/keys.db"];
        File.Move(file, file + ".away");
        using var gone = await PostKeyAsync(Gateway.DemoKey);
        await AssertAnswer(gone, HttpStatusCode.InternalServerError, """{"error":"database unavailable"}""");

        await File.WriteAllTextAsync(file, new string('x', 8192), TestContext.Current.CancellationToken);
        using var broken = await PostKeyAsync(Gateway.DemoKey);
        await AssertAnswer(broken, HttpStatusCode.InternalServerError, """{"error":"database unavailable"}""");

        File.Move(file + ".away", file, overwrite: true);
        using var back = await PostKeyAsync(Gateway.DemoKey);
        Assert.Equal(HttpStatusCode.OK, back.StatusCode);
    }

    [Theory]
    [InlineData(typeof(SiloUnavailableException))]
    [InlineData(typeof(OrleansMessageRejectionException))]
    [InlineData(typeof(TimeoutException))]
    public async Task A_token_grain_out_of_reach_is_a_token_store_unavailable(Type fault)
    {
        // Orleans makes some of these for itself.
        var constructor = fault.GetConstructor(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, [typeof(string)]);
        Silo.Calls.Before = () => throw (Exception)constructor!.Invoke(["silo down"]);
        using var response = await PostKeyAsync(Gateway.DemoKey);

        await AssertAnswer(response, HttpStatusCode.InternalServerError, """{"error":"token store unavailable"}""");
        Assert.Contains("silo down", Gateway.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_grain_that_does_not_answer_in_time_is_a_token_store_unavailable()
    {
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Silo.Calls.Before = () =>
        {
            entered.TrySetResult();
            return release.Task;
        };
        var answer = PostKeyAsync(Gateway.DemoKey);
        await Task.WhenAny(entered.Task, answer);

        Gateway.Time.Advance(TimeSpan.FromSeconds(5));

        // Long before Orleans itself gives up.
        using var response = await answer.WaitAsync(TimeSpan.FromSeconds(15), TimeProvider.System, TestContext.Current.CancellationToken);
        await AssertAnswer(response, HttpStatusCode.InternalServerError, """{"error":"token store unavailable"}""");
        release.SetResult();
    }

    [Fact]
    public async Task A_record_that_cannot_be_written_is_a_failed_creation()
    {
        Silo.Calls.Before = () =>
        {
            Silo.Storage.Fault = new IOException("disk full");
            return Task.CompletedTask;
        };
        using var response = await PostKeyAsync(Gateway.DemoKey);

        await AssertAnswer(response, HttpStatusCode.InternalServerError, """{"error":"token creation failed"}""");
        Assert.Contains("disk full", Gateway.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_log_holds_a_token_or_a_key_that_was_presented()
    {
        var unknown = ApiKeyFormat.Create();
        using var refused = await PostKeyAsync(unknown);
        using var response = await PostKeyAsync(Gateway.DemoKey);
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var token = JsonDocument.Parse(body).RootElement.GetProperty("token").GetString()!;
        Silo.Calls.Before = () => throw new InvalidOperationException("broken");
        using var failed = await PostKeyAsync(Gateway.DemoKey);

        Assert.DoesNotContain(unknown, Gateway.Log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(token[..43], Gateway.Log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(token[44..], Gateway.Log.Text, StringComparison.Ordinal);
        Assert.Single(Gateway.Log.Lines, line => line.Text.Contains(Gateway.DemoKey, StringComparison.Ordinal));
    }
}
