<?xml version="1.0" encoding="UTF-8"?>
<!--
  What a person sees who opens an answer of the feed in a browser: the same answer as a page, in Vietnamese and English.
  XSLT 1.0, as browsers know it. Addresses are relative to /oai, so that they hold behind any prefix. Both languages stand in the
  page; oai.css shows the chosen one, and oai.js remembers it.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:oai="http://www.openarchives.org/OAI/2.0/" xmlns:marc="http://www.loc.gov/MARC21/slim"
    xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/"
    exclude-result-prefixes="oai marc oai_dc dc">
  <xsl:output method="html" encoding="UTF-8" indent="no" doctype-system="about:legacy-compat" />

  <xsl:variable name="request" select="/oai:OAI-PMH/oai:request" />
  <!-- the pages of a list after the first one do not tell their format: any record can be had in this one -->
  <xsl:variable name="prefix">
    <xsl:choose>
      <xsl:when test="$request/@metadataPrefix"><xsl:value-of select="$request/@metadataPrefix" /></xsl:when>
      <xsl:otherwise>oai_dc</xsl:otherwise>
    </xsl:choose>
  </xsl:variable>

  <xsl:template match="/oai:OAI-PMH">
    <html lang="vi">
      <head>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>
          <xsl:choose>
            <xsl:when test="oai:error"><xsl:value-of select="oai:error/@code" /></xsl:when>
            <xsl:otherwise><xsl:value-of select="$request/@verb" /></xsl:otherwise>
          </xsl:choose>
          <xsl:text> · OAI-PMH</xsl:text>
        </title>
        <link rel="stylesheet" href="style.css" />
        <link rel="stylesheet" href="oai.css" />
        <link rel="icon" href="favicon.svg" type="image/svg+xml" />
        <script src="oai.js" defer="defer"></script>
      </head>
      <body>
        <header>
          <a class="brand" href="./"><xsl:value-of select="$request" /></a>
          <fieldset class="languages">
            <legend>Ngôn ngữ / Language</legend>
            <label lang="vi"><input type="radio" name="lang" value="vi" id="vietnamese" checked="checked" /> Tiếng Việt</label>
            <label lang="en"><input type="radio" name="lang" value="en" id="english" /> English</label>
          </fieldset>
        </header>
        <main>
          <xsl:call-template name="verbs" />
          <xsl:apply-templates select="*[not(self::oai:responseDate or self::oai:request)]" />
          <xsl:call-template name="about-answer" />
        </main>
      </body>
    </html>
  </xsl:template>

  <xsl:template name="verbs">
    <nav>
      <ul class="requests">
        <li><a href="?verb=Identify"><span lang="vi">Giới thiệu</span><span lang="en">About</span></a></li>
        <li><a href="?verb=ListMetadataFormats"><span lang="vi">Định dạng</span><span lang="en">Formats</span></a></li>
        <li><a href="?verb=ListSets"><span lang="vi">Tập</span><span lang="en">Sets</span></a></li>
        <li><a href="?verb=ListIdentifiers&amp;metadataPrefix=oai_dc"><span lang="vi">Định danh</span><span lang="en">Identifiers</span></a></li>
        <li><a href="?verb=ListRecords&amp;metadataPrefix=oai_dc"><span lang="vi">Biểu ghi</span><span lang="en">Records</span></a></li>
      </ul>
    </nav>
  </xsl:template>

  <xsl:template name="about-answer">
    <footer class="quiet">
      <p>
        <span lang="vi">Đây là câu trả lời OAI-PMH dành cho máy, trình bày cho người đọc; mã nguồn của trang (Ctrl+U) là XML gốc.</span>
        <span lang="en">This is an OAI-PMH answer for programs, shown for people; the source of this page (Ctrl+U) is the XML itself.</span>
      </p>
      <p>
        <xsl:for-each select="$request/@*">
          <code><xsl:value-of select="concat(name(), '=', .)" /></code><xsl:text> </xsl:text>
        </xsl:for-each>
        <time><xsl:value-of select="oai:responseDate" /></time>
      </p>
    </footer>
  </xsl:template>

  <!-- Errors (OAI-PMH 2.0 §3.6) -->

  <xsl:template match="oai:error">
    <h1>
      <xsl:choose>
        <xsl:when test="@code = 'noRecordsMatch'"><span lang="vi">Không có biểu ghi nào phù hợp</span><span lang="en">No records match</span></xsl:when>
        <xsl:when test="@code = 'idDoesNotExist'"><span lang="vi">Không có biểu ghi nào mang định danh này</span><span lang="en">No record has this identifier</span></xsl:when>
        <xsl:when test="@code = 'cannotDisseminateFormat'"><span lang="vi">Không có định dạng này</span><span lang="en">Not available in this format</span></xsl:when>
        <xsl:when test="@code = 'badResumptionToken'"><span lang="vi">Không thể đọc tiếp danh sách từ đây</span><span lang="en">The list cannot go on from here</span></xsl:when>
        <xsl:when test="@code = 'noSetHierarchy'"><span lang="vi">Chưa có tập nào</span><span lang="en">There are no sets yet</span></xsl:when>
        <xsl:when test="@code = 'badVerb'"><span lang="vi">Hãy chọn một yêu cầu</span><span lang="en">Please choose a request</span></xsl:when>
        <xsl:otherwise><span lang="vi">Yêu cầu không đúng</span><span lang="en">The request is not right</span></xsl:otherwise>
      </xsl:choose>
    </h1>
    <p class="held"><code><xsl:value-of select="@code" /></code><xsl:text> </xsl:text><xsl:value-of select="." /></p>
  </xsl:template>

  <!-- Identify -->

  <xsl:template match="oai:Identify">
    <h1><xsl:value-of select="oai:repositoryName" /></h1>
    <dl class="facts">
      <div><dt><span lang="vi">Địa chỉ</span><span lang="en">Base URL</span></dt><dd><xsl:value-of select="oai:baseURL" /></dd></div>
      <div><dt><span lang="vi">Giao thức</span><span lang="en">Protocol</span></dt><dd>OAI-PMH <xsl:value-of select="oai:protocolVersion" /></dd></div>
      <xsl:for-each select="oai:adminEmail">
        <div><dt><span lang="vi">Liên hệ</span><span lang="en">Contact</span></dt><dd><a href="mailto:{.}"><xsl:value-of select="." /></a></dd></div>
      </xsl:for-each>
      <div><dt><span lang="vi">Dấu thời gian sớm nhất</span><span lang="en">Earliest datestamp</span></dt><dd><xsl:value-of select="oai:earliestDatestamp" /></dd></div>
      <div><dt><span lang="vi">Biểu ghi đã xóa</span><span lang="en">Deleted records</span></dt><dd><xsl:value-of select="oai:deletedRecord" /></dd></div>
      <div><dt><span lang="vi">Độ chính xác thời gian</span><span lang="en">Granularity</span></dt><dd><xsl:value-of select="oai:granularity" /></dd></div>
      <div><dt><span lang="vi">Nén</span><span lang="en">Compression</span></dt><dd>
        <xsl:for-each select="oai:compression"><xsl:if test="position() &gt; 1">, </xsl:if><xsl:value-of select="." /></xsl:for-each>
      </dd></div>
    </dl>
    <xsl:for-each select="oai:description/*">
      <h2><xsl:value-of select="local-name()" /></h2>
      <xsl:call-template name="tree" />
    </xsl:for-each>
  </xsl:template>

  <!-- ListMetadataFormats -->

  <xsl:template match="oai:ListMetadataFormats">
    <h1><span lang="vi">Định dạng siêu dữ liệu</span><span lang="en">Metadata formats</span></h1>
    <xsl:if test="$request/@identifier"><p class="identifier"><xsl:value-of select="$request/@identifier" /></p></xsl:if>
    <table>
      <thead><tr>
        <th><span lang="vi">Định dạng</span><span lang="en">Format</span></th>
        <th><span lang="vi">Lược đồ</span><span lang="en">Schema</span></th>
      </tr></thead>
      <tbody>
        <xsl:for-each select="oai:metadataFormat">
          <tr>
            <th>
              <xsl:choose>
                <xsl:when test="$request/@identifier">
                  <xsl:call-template name="record-link">
                    <xsl:with-param name="identifier" select="$request/@identifier" />
                    <xsl:with-param name="format" select="oai:metadataPrefix" />
                    <xsl:with-param name="label" select="oai:metadataPrefix" />
                  </xsl:call-template>
                </xsl:when>
                <xsl:otherwise><a href="?verb=ListRecords&amp;metadataPrefix={oai:metadataPrefix}"><xsl:value-of select="oai:metadataPrefix" /></a></xsl:otherwise>
              </xsl:choose>
            </th>
            <td class="identifier">
              <a href="{oai:schema}"><xsl:value-of select="oai:schema" /></a>
              <small><xsl:value-of select="oai:metadataNamespace" /></small>
            </td>
          </tr>
        </xsl:for-each>
      </tbody>
    </table>
  </xsl:template>

  <!-- ListSets -->

  <xsl:template match="oai:ListSets">
    <h1><span lang="vi">Các tập</span><span lang="en">Sets</span></h1>
    <xsl:call-template name="pager"><xsl:with-param name="shown" select="count(oai:set)" /></xsl:call-template>
    <table>
      <thead><tr>
        <th><span lang="vi">Tên</span><span lang="en">Name</span></th>
        <th>setSpec</th>
        <th><span lang="vi">Danh sách</span><span lang="en">Lists</span></th>
      </tr></thead>
      <tbody>
        <xsl:for-each select="oai:set">
          <tr>
            <th>
              <xsl:variable name="described" select="oai:setDescription/oai_dc:dc" />
              <xsl:choose>
                <xsl:when test="$described/dc:title[lang('vi')] and $described/dc:title[lang('en')]">
                  <xsl:for-each select="$described/dc:title"><span><xsl:call-template name="in-language" /></span></xsl:for-each>
                </xsl:when>
                <xsl:otherwise><xsl:value-of select="oai:setName" /></xsl:otherwise>
              </xsl:choose>
              <xsl:for-each select="$described/dc:description | $described/dc:source"><small><xsl:call-template name="in-language" /></small></xsl:for-each>
            </th>
            <td class="identifier set-spec"><xsl:value-of select="oai:setSpec" /></td>
            <td>
              <a href="?verb=ListRecords&amp;metadataPrefix=oai_dc&amp;set={oai:setSpec}"><span lang="vi">Biểu ghi</span><span lang="en">Records</span></a>
              <xsl:text> · </xsl:text>
              <a href="?verb=ListIdentifiers&amp;metadataPrefix=oai_dc&amp;set={oai:setSpec}"><span lang="vi">Định danh</span><span lang="en">Identifiers</span></a>
            </td>
          </tr>
        </xsl:for-each>
      </tbody>
    </table>
    <xsl:call-template name="next-page" />
  </xsl:template>

  <!-- ListIdentifiers -->

  <xsl:template match="oai:ListIdentifiers">
    <h1><span lang="vi">Danh sách định danh</span><span lang="en">Identifiers</span></h1>
    <xsl:call-template name="pager"><xsl:with-param name="shown" select="count(oai:header)" /></xsl:call-template>
    <table>
      <thead><tr>
        <th><span lang="vi">Định danh</span><span lang="en">Identifier</span></th>
        <th><span lang="vi">Dấu thời gian</span><span lang="en">Datestamp</span></th>
        <th><span lang="vi">Tập</span><span lang="en">Sets</span></th>
      </tr></thead>
      <tbody>
        <xsl:for-each select="oai:header">
          <tr>
            <th class="identifier">
              <xsl:call-template name="record-link">
                <xsl:with-param name="identifier" select="oai:identifier" />
                <xsl:with-param name="format" select="$prefix" />
                <xsl:with-param name="label" select="oai:identifier" />
              </xsl:call-template>
              <xsl:call-template name="deleted" />
            </th>
            <td><time><xsl:value-of select="oai:datestamp" /></time></td>
            <td class="identifier"><xsl:call-template name="sets" /></td>
          </tr>
        </xsl:for-each>
      </tbody>
    </table>
    <xsl:call-template name="next-page" />
  </xsl:template>

  <!-- ListRecords, GetRecord -->

  <xsl:template match="oai:ListRecords">
    <h1><span lang="vi">Danh sách biểu ghi</span><span lang="en">Records</span></h1>
    <xsl:call-template name="pager"><xsl:with-param name="shown" select="count(oai:record)" /></xsl:call-template>
    <xsl:for-each select="oai:record">
      <article>
        <h2><xsl:call-template name="record-title" /></h2>
        <xsl:apply-templates select="oai:header" />
        <xsl:if test="oai:metadata">
          <details><summary><span lang="vi">Siêu dữ liệu</span><span lang="en">Metadata</span></summary><xsl:apply-templates select="oai:metadata/*" mode="metadata" /></details>
        </xsl:if>
        <xsl:call-template name="abouts" />
      </article>
    </xsl:for-each>
    <xsl:call-template name="next-page" />
  </xsl:template>

  <xsl:template match="oai:GetRecord">
    <xsl:for-each select="oai:record">
      <h1><xsl:call-template name="record-title" /></h1>
      <xsl:apply-templates select="oai:header" />
      <xsl:if test="oai:metadata">
        <h2><span lang="vi">Siêu dữ liệu</span><span lang="en">Metadata</span><xsl:text> </xsl:text><code><xsl:value-of select="$prefix" /></code></h2>
        <xsl:apply-templates select="oai:metadata/*" mode="metadata" />
      </xsl:if>
      <xsl:call-template name="abouts" />
    </xsl:for-each>
  </xsl:template>

  <!-- Whatever the format, what it calls a title; of MARC the subfields a, b, n and p of 245, without the stroke before c. -->
  <xsl:template name="record-title">
    <xsl:variable name="title" select="(oai:metadata//*[local-name() = 'title'])[1]" />
    <xsl:choose>
      <xsl:when test="oai:metadata/marc:record/marc:datafield[@tag = '245']">
        <xsl:for-each select="oai:metadata/marc:record/marc:datafield[@tag = '245'][1]/marc:subfield[contains('abnp', @code)]">
          <xsl:if test="position() &gt; 1"><xsl:text> </xsl:text></xsl:if>
          <xsl:choose>
            <xsl:when test="substring(., string-length() - 1) = ' /'"><xsl:value-of select="substring(., 1, string-length() - 2)" /></xsl:when>
            <xsl:otherwise><xsl:value-of select="." /></xsl:otherwise>
          </xsl:choose>
        </xsl:for-each>
      </xsl:when>
      <xsl:when test="$title/*"><xsl:value-of select="$title/*[1]" /></xsl:when>
      <xsl:when test="normalize-space($title) != ''"><xsl:value-of select="$title" /></xsl:when>
      <xsl:otherwise><span class="identifier"><xsl:value-of select="oai:header/oai:identifier" /></span></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="oai:header">
    <xsl:variable name="identifier"><xsl:call-template name="escaped"><xsl:with-param name="text" select="oai:identifier" /></xsl:call-template></xsl:variable>
    <dl class="facts">
      <div><dt><span lang="vi">Định danh</span><span lang="en">Identifier</span></dt><dd>
        <xsl:call-template name="record-link">
          <xsl:with-param name="identifier" select="oai:identifier" />
          <xsl:with-param name="format" select="$prefix" />
          <xsl:with-param name="label" select="oai:identifier" />
        </xsl:call-template>
        <xsl:call-template name="deleted" />
      </dd></div>
      <div><dt><span lang="vi">Dấu thời gian</span><span lang="en">Datestamp</span></dt><dd><time><xsl:value-of select="oai:datestamp" /></time></dd></div>
      <xsl:if test="oai:setSpec"><div><dt><span lang="vi">Tập</span><span lang="en">Sets</span></dt><dd><xsl:call-template name="sets" /></dd></div></xsl:if>
      <div><dt><span lang="vi">Xem thêm</span><span lang="en">See also</span></dt><dd>
        <a href="records/{$identifier}"><span lang="vi">Trang của biểu ghi</span><span lang="en">Page of the record</span></a>
        <xsl:text> · </xsl:text>
        <a href="?verb=ListMetadataFormats&amp;identifier={$identifier}"><span lang="vi">Các định dạng khác</span><span lang="en">Other formats</span></a>
      </dd></div>
    </dl>
  </xsl:template>

  <xsl:template name="abouts">
    <xsl:if test="oai:about">
      <details>
        <summary><span lang="vi">Nguồn gốc và quyền</span><span lang="en">Provenance and rights</span></summary>
        <xsl:for-each select="oai:about/*"><xsl:call-template name="tree" /></xsl:for-each>
      </details>
    </xsl:if>
  </xsl:template>

  <!-- Metadata -->

  <xsl:template match="marc:record" mode="metadata">
    <table class="marc">
      <tbody>
        <tr><th>LDR</th><td></td><td><xsl:value-of select="marc:leader" /></td></tr>
        <xsl:for-each select="marc:controlfield | marc:datafield">
          <tr>
            <th><xsl:value-of select="@tag" /></th>
            <td><xsl:value-of select="translate(concat(@ind1, @ind2), ' ', '_')" /></td>
            <td>
              <xsl:value-of select="self::marc:controlfield" />
              <xsl:for-each select="marc:subfield">
                <b>$<xsl:value-of select="@code" /></b><xsl:text> </xsl:text><xsl:call-template name="value" /><xsl:text> </xsl:text>
              </xsl:for-each>
            </td>
          </tr>
        </xsl:for-each>
      </tbody>
    </table>
  </xsl:template>

  <xsl:template match="*" mode="metadata"><xsl:call-template name="tree" /></xsl:template>

  <!-- An element of any namespace: its attributes, its text, and its elements by name. -->
  <xsl:template name="tree">
    <xsl:call-template name="attributes" />
    <xsl:choose>
      <xsl:when test="*">
        <dl class="tree">
          <xsl:for-each select="*">
            <div><dt><xsl:value-of select="local-name()" /></dt><dd><xsl:call-template name="tree" /></dd></div>
          </xsl:for-each>
        </dl>
      </xsl:when>
      <xsl:otherwise><xsl:call-template name="value" /></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="attributes">
    <xsl:if test="@*[local-name() != 'schemaLocation']">
      <small>
        <xsl:for-each select="@*[local-name() != 'schemaLocation']">
          <xsl:if test="position() &gt; 1"><xsl:text> · </xsl:text></xsl:if>
          <xsl:value-of select="concat(name(), ': ', .)" />
        </xsl:for-each>
      </small>
    </xsl:if>
  </xsl:template>

  <!-- Text with its language, so that only the chosen one is shown. -->
  <xsl:template name="in-language">
    <xsl:if test="@xml:lang"><xsl:attribute name="lang"><xsl:value-of select="@xml:lang" /></xsl:attribute></xsl:if>
    <xsl:call-template name="value" />
  </xsl:template>

  <!-- Text; an address of the web leads there, and nothing else does. -->
  <xsl:template name="value">
    <xsl:variable name="text" select="normalize-space(.)" />
    <xsl:choose>
      <xsl:when test="(starts-with($text, 'http://') or starts-with($text, 'https://')) and not(contains($text, ' '))">
        <a href="{$text}" rel="nofollow noopener"><xsl:value-of select="$text" /></a>
      </xsl:when>
      <xsl:otherwise><xsl:value-of select="." /></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Parts of lists -->

  <xsl:template name="deleted">
    <xsl:if test="@status = 'deleted'">
      <xsl:text> </xsl:text><span class="outcome failed"><span lang="vi">đã xóa</span><span lang="en">deleted</span></span>
    </xsl:if>
  </xsl:template>

  <xsl:template name="sets">
    <xsl:for-each select="oai:setSpec">
      <xsl:if test="position() &gt; 1"><xsl:text>, </xsl:text></xsl:if>
      <a href="?verb=ListRecords&amp;metadataPrefix={$prefix}&amp;set={.}"><xsl:value-of select="." /></a>
    </xsl:for-each>
  </xsl:template>

  <xsl:template name="pager">
    <xsl:param name="shown" />
    <xsl:variable name="token" select="oai:resumptionToken" />
    <xsl:variable name="before">
      <xsl:choose><xsl:when test="$token/@cursor"><xsl:value-of select="$token/@cursor" /></xsl:when><xsl:otherwise>0</xsl:otherwise></xsl:choose>
    </xsl:variable>
    <p class="quiet">
      <xsl:value-of select="concat($before + 1, '–', $before + $shown)" />
      <xsl:if test="$token/@completeListSize">
        <xsl:text> </xsl:text><span lang="vi">trong số</span><span lang="en">of</span><xsl:text> </xsl:text>
        <xsl:value-of select="$token/@completeListSize" />
      </xsl:if>
    </p>
  </xsl:template>

  <xsl:template name="next-page">
    <xsl:if test="string(oai:resumptionToken) != ''">
      <p><a class="next-page" rel="next" href="?verb={$request/@verb}&amp;resumptionToken={oai:resumptionToken}">
        <span lang="vi">Trang sau →</span><span lang="en">Next page →</span>
      </a> · <a href="oai/admin/token?resumptionToken={oai:resumptionToken}">resumptionToken?</a></p>
    </xsl:if>
  </xsl:template>

  <xsl:template name="record-link">
    <xsl:param name="identifier" />
    <xsl:param name="format" />
    <xsl:param name="label" />
    <xsl:variable name="written"><xsl:call-template name="escaped"><xsl:with-param name="text" select="$identifier" /></xsl:call-template></xsl:variable>
    <a href="?verb=GetRecord&amp;metadataPrefix={$format}&amp;identifier={$written}"><xsl:value-of select="$label" /></a>
  </xsl:template>

  <!-- An identifier of ours as it may stand in an address: of its characters these mean something else there. -->
  <xsl:template name="escaped">
    <xsl:param name="text" />
    <xsl:variable name="first" select="substring($text, 1, 1)" />
    <xsl:choose>
      <xsl:when test="translate($text, '%&amp;+?;', '') = $text"><xsl:value-of select="$text" /></xsl:when>
      <xsl:otherwise>
        <xsl:choose>
          <xsl:when test="$first = '%'">%25</xsl:when>
          <xsl:when test="$first = '&amp;'">%26</xsl:when>
          <xsl:when test="$first = '+'">%2B</xsl:when>
          <xsl:when test="$first = '?'">%3F</xsl:when>
          <xsl:when test="$first = ';'">%3B</xsl:when>
          <xsl:otherwise><xsl:value-of select="$first" /></xsl:otherwise>
        </xsl:choose>
        <xsl:call-template name="escaped"><xsl:with-param name="text" select="substring($text, 2)" /></xsl:call-template>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>
</xsl:stylesheet>
